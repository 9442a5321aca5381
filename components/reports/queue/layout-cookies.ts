/** How the panes of the queue were left on this machine: the server needs it for its first answer, so nothing jumps. */
export const previewCookie = 'queue_preview'
export const viewsCookie = 'queue_views'

/** `auto`: the views stand beside the list where there is room. */
export type ViewsPane = 'auto' | 'open' | 'closed'
export type QueuePanes = { preview: boolean; views: ViewsPane }

export const panesOf = (preview: string | undefined, views: string | undefined): QueuePanes => ({
  preview: preview !== 'closed',
  views: views === 'open' || views === 'closed' ? views : 'auto',
})
