/**
 * How the panes of the queue were left on this machine: cookies, as the server needs it for the first rendering, so
 * that nothing jumps.
 */
export const previewCookie = 'queue_preview'
export const viewsCookie = 'queue_views'
/** Whether the window last had space for the preview. */
export const roomCookie = 'queue_room'

/** `auto`: the views are beside the list where there is space. */
export type ViewsPane = 'auto' | 'open' | 'closed'
export type QueuePanes = { preview: boolean; views: ViewsPane; isWide: boolean }

export const panesOf = (
  preview: string | undefined,
  views: string | undefined,
  room: string | undefined,
): QueuePanes => ({
  preview: preview !== 'closed',
  views: views === 'open' || views === 'closed' ? views : 'auto',
  isWide: room !== 'narrow',
})
