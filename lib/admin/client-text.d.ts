/** A file of `client/`, made into a string by the build (`scripts/client-text.mjs`). */
declare module '*?text' {
  const text: string;
  export default text;
}
