export { default as Popover } from '@mui/material/Popover'
/** The behaviour of a picker for one of its own shape. */
export { default as useAutocomplete } from '@mui/material/useAutocomplete'
