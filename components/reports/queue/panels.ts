/** What opens over the queue, fetched as one when the first of them is wanted. */
export { BulkBar } from '#components/bulk/BulkBar.tsx'
export { ColumnsSheet } from './ColumnsSheet.tsx'
export { ExportSheet } from './ExportSheet.tsx'
export { RowDetailPopover } from './RowDetailPopover.tsx'
export { SavedPanels } from './saved/SavedPanels.tsx'
