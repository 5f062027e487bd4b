export { LogPanel } from "./log-panel";
export { LogsPage } from "./logs-page";
