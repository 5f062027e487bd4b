// Where this page is mounted. The server writes it into <base href>, nothing else knows it.

/** Address of the dashboard, without a slash at the end, such as `/llm/dashboard`. */
export const dashboardPath = new URL(document.baseURI).pathname.replace(/\/$/, "");

/** Address of the gateway itself, without a slash at the end. */
export const gatewayUrl = new URL("..", document.baseURI).href.replace(/\/$/, "");
