import { expect, test, vi } from "vitest";

vi.stubGlobal("document", { baseURI: "http://127.0.0.1/dashboard/", documentElement: { dataset: {} } });
const { inside } = await import("./account-form");

test.each(["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "/sign-in", undefined])(
  "%j leads home",
  (next) => {
    expect(inside(next)).toBe("/");
  },
);

test("pages of the dashboard are kept", () => {
  expect(inside("/logs?verdict=block")).toBe("/logs?verdict=block");
});
