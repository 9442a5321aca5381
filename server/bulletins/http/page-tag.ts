/**
 * Under which the door before the pages tells them what a page depends on: all that are drawn under one tag say the
 * same.
 */
export const pageTagHeader = 'x-page-tag'
