/**
 * How the panes of the queue were left on this machine: cookies, as the server needs it for the first rendering, so
 * that nothing jumps.
 */
export const previewCookie = 'queue_preview'
export const viewsCookie = 'queue_views'
/** Whether the window last had space for the preview. */
export const roomCookie = 'queue_room'
/** The last width of the list: how many columns fit. */
export const widthCookie = 'queue_width'

/** `auto`: the views are beside the list where there is space. */
export type ViewsPane = 'auto' | 'open' | 'closed'
export type QueuePanes = { preview: boolean; views: ViewsPane; isWide: boolean; listWidth: number }

/** The list of a window of 1366 px with the preview open. */
const usualWidth = 784

export function panesOf(remembered: (cookie: string) => string | undefined): QueuePanes {
  const views = remembered(viewsCookie)
  const width = Number(remembered(widthCookie))
  return {
    preview: remembered(previewCookie) !== 'closed',
    views: views === 'open' || views === 'closed' ? views : 'auto',
    isWide: remembered(roomCookie) !== 'narrow',
    listWidth: width > 0 ? width : usualWidth,
  }
}
