export { SetupPage } from "./setup-page";
export { SignInPage } from "./sign-in-page";
export { SignUpPage } from "./sign-up-page";
