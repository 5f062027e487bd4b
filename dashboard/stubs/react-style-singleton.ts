// The original writes <style> elements, which the content security policy forbids. What it would
// have written (no scrolling behind a dialog) is a rule of our own style sheet.
export const styleSingleton = () => () => null;
export const stylesheetSingleton = () => ({ add() {}, remove() {} });
export const styleHookSingleton = () => () => undefined;
