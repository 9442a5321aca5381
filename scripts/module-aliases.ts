/** Modules of libraries for which ours stand in the browser: in the build and in the tests of components. */
export const browserAliases = {
  // The serialiser of tRPC asks whether a value is a `Buffer`, which would bring a replacement of it to the browser.
  'next/dist/compiled/buffer': './scripts/no-buffer.ts',
  // The browser gets messages that are parsed already.
  'use-intl/format-message': './messages/format-parsed.ts',
}
