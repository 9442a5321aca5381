/** Stands for Node's `buffer` in the browser (next.config.ts): there is none, and the libraries that ask cope. */
export const Buffer = undefined
