import "@/shared/styles/index.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

const root = document.getElementById("root");
if (!root) throw new Error("the page has no root element");
createRoot(root).render(
  <StrictMode>
    <h1 className="p-6 text-title font-semibold">Security Gateway</h1>
  </StrictMode>,
);
