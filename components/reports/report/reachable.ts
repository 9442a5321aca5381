/**
 * Whether a part of the page can be used now: a list below an open report is still mounted, but its keys are inactive.
 */
export const isReachable = (element: Element | null): boolean => element !== null && element.closest('[inert]') === null
