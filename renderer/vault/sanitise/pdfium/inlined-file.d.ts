/** A file as a `data:` address within the code, as Vite puts it there. */
declare module '*?url&inline' {
  const address: string;
  // biome-ignore lint/style/noDefaultExport: that is what Vite makes of a file
  export default address;
}
