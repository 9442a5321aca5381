/**
 * The header in which the handler before the pages passes on what a page depends on: all that are rendered under one
 * tag are equal.
 */
export const pageTagHeader = 'x-page-tag'
