/**
 * The half of the kit that opens over a page or searches as one types, fetched as one: its parts share most of their
 * code, and almost every page needs several of them.
 */
export { ActionMenuPanel } from './ActionMenuPanel.tsx'
export { ConfirmDialogPanel } from './ConfirmDialogPanel.tsx'
export { Dialog, DialogActions, DialogContent, DialogTitle } from './Dialog.tsx'
export { ErrorState } from './ErrorState.tsx'
export { OptionPickerBox } from './OptionPickerBox.tsx'
export { SheetPanel } from './SheetPanel.tsx'
export { TagPickerBox } from './TagPickerBox.tsx'
