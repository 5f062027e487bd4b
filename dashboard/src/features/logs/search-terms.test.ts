import { expect, test } from "vitest";
import { parsed } from "./search-terms";

test("words become filters", () => {
  expect(parsed("verdict:blocked rule:secrets model:gpt-5:free").filters).toEqual({
    verdict: "block",
    rule: "secrets",
    model: "gpt-5:free",
  });
});

test("a request ID opens its log", () => {
  expect(parsed("  req_01m8hdd23a966ds9cwpe1598p8 ").id).toBe("req_01m8hdd23a966ds9cwpe1598p8");
});

test.each(["hello", "verdict:maybe", "rule:"])("%j is explained", (text) => {
  expect(parsed(text).problem).toContain("verdict:");
});
