/**
 * In print a long table shows this many rows and says how many more there are, unless all were on screen: a board is no
 * telephone book.
 */
export const mostOnPaper = 40
