// Runs before the first paint. Follows the system until a theme was chosen.
(function () {
  var root = document.documentElement;
  var dark = matchMedia("(prefers-color-scheme: dark)");
  function chosen() {
    try {
      return localStorage.getItem("theme");
    } catch {
      return null;
    }
  }
  function apply() {
    var theme = chosen();
    root.dataset.theme = theme === "light" || theme === "dark" ? theme : dark.matches ? "dark" : "light";
  }
  apply();
  dark.addEventListener("change", apply);
  addEventListener("storage", apply);
})();
