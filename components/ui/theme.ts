import { createTheme } from '@mui/material/styles'
import type {} from '@mui/material/themeCssVarsAugmentation'
import { colours, type Scheme, token } from './tokens.ts'

function palette(scheme: Scheme) {
  const c = colours[scheme]
  return {
    primary: { main: c.accent, dark: c['accent-strong'], light: c['accent-soft'], contrastText: c['accent-ink'] },
    error: { main: c.late, dark: c.late, light: c['late-soft'], contrastText: c.paper },
    warning: { main: c.soon, dark: c.soon, light: c['soon-soft'], contrastText: c.paper },
    success: { main: c.ok, dark: c.ok, light: c['ok-soft'], contrastText: c.paper },
    info: { main: c.accent, dark: c['accent-strong'], light: c['accent-soft'], contrastText: c['accent-ink'] },
    text: { primary: c.ink, secondary: c['ink-2'], disabled: c['ink-3'] },
    background: { default: c.bg, paper: c.paper },
    divider: c.line,
    action: { hover: c.hover, selected: c.sel, active: c['ink-2'] },
  }
}

const hairline = `1px solid ${token('line')}`
/** 16 px on a phone, 20 px above. */
const dialogSide = 'clamp(16px, calc(16px + (100vw - 700px) * 100), 20px)'
/** On a phone toasts are on top (Toasts.module.css): there is space for two lines, extended for more. */
const belowToasts = 'max(68px, calc(var(--toasts-height, 0px) + 16px))'
const focusRing = { outline: `2px solid ${token('focus')}`, outlineOffset: 1 }

/** Hairlines instead of shadows, one blue, dense controls. The looks of components are defined here, not in `sx`. */
export const theme = createTheme({
  cssVariables: { colorSchemeSelector: 'data-theme' },
  colorSchemes: { light: { palette: palette('light') }, dark: { palette: palette('dark') } },
  shape: { borderRadius: 8 },
  spacing: 8,
  typography: {
    fontFamily: token('font'),
    fontSize: 14,
    htmlFontSize: 16,
    fontWeightRegular: 400,
    fontWeightMedium: 500,
    fontWeightBold: 700,
    h1: { fontSize: '1.25rem', fontWeight: 600, lineHeight: 1.35, letterSpacing: '-0.01em' },
    h2: { fontSize: '1.0625rem', fontWeight: 600, lineHeight: 1.4 },
    h3: { fontSize: '0.9375rem', fontWeight: 600, lineHeight: 1.45 },
    body1: { fontSize: '0.9375rem', lineHeight: 1.6 },
    body2: { fontSize: '0.875rem', lineHeight: 1.5 },
    button: { fontSize: '0.875rem', fontWeight: 500, lineHeight: 1.5, textTransform: 'none' },
    caption: { fontSize: '0.8125rem', lineHeight: 1.45 },
    overline: { fontSize: '0.6875rem', fontWeight: 600, letterSpacing: '0.06em', textTransform: 'uppercase' },
  },
  transitions: {
    duration: {
      shortest: 80,
      shorter: 100,
      short: 120,
      standard: 140,
      complex: 180,
      enteringScreen: 140,
      leavingScreen: 100,
    },
  },
  components: {
    MuiButtonBase: {
      defaultProps: { disableRipple: true },
      styleOverrides: { root: { '&.Mui-focusVisible': focusRing } },
    },
    MuiButton: {
      defaultProps: { disableElevation: true, variant: 'outlined', color: 'inherit', size: 'medium' },
      styleOverrides: {
        root: {
          minWidth: 0,
          minHeight: 32,
          padding: '4px 12px',
          gap: 8,
          borderRadius: token('r-s'),
          whiteSpace: 'nowrap',
          '@media (pointer: coarse)': { minHeight: 44 },
          variants: [
            { props: { size: 'small' }, style: { minHeight: 28, padding: '2px 10px', fontSize: '0.8125rem' } },
            { props: { size: 'large' }, style: { minHeight: 40, padding: '8px 18px', fontSize: '0.9375rem' } },
            {
              props: { variant: 'outlined', color: 'inherit' },
              style: {
                borderColor: token('line'),
                backgroundColor: token('paper'),
                '&:hover': { backgroundColor: token('hover'), borderColor: token('ink-3') },
                '&.Mui-disabled': { borderColor: token('line'), color: token('ink-3') },
              },
            },
          ],
        },
        startIcon: { marginInline: 0, '& > svg': { width: 16, height: 16 } },
        endIcon: { marginInline: 0, '& > svg': { width: 16, height: 16 } },
      },
    },
    MuiIconButton: {
      styleOverrides: {
        root: {
          width: 32,
          height: 32,
          padding: 6,
          borderRadius: token('r-s'),
          color: token('ink-2'),
          '&:hover': { backgroundColor: token('hover'), color: token('ink') },
          '@media (pointer: coarse)': { width: 44, height: 44 },
        },
      },
    },
    MuiPaper: {
      defaultProps: { elevation: 0 },
      styleOverrides: { root: { backgroundImage: 'none' } },
    },
    MuiDialog: {
      styleOverrides: {
        // Aligned at the top whatever its content: a line that appears, such as an error, moves nothing above it.
        container: { alignItems: 'flex-start' },
        paper: {
          marginTop: 32,
          '@media (min-width: 701px) and (min-height: 700px)': {
            '&:not(.MuiDialog-paperWidthLg)': { marginTop: '14vh', maxHeight: 'calc(86% - 32px)' },
          },
          // On a phone nearly as wide as the screen: two buttons fit beside each other, and words do not wrap
          // needlessly.
          '@media (max-width: 700px)': {
            margin: `${belowToasts} 12px 12px`,
            maxHeight: `calc(100% - ${belowToasts} - 12px)`,
            '&.MuiDialog-paperFullWidth': { width: 'calc(100% - 24px)' },
          },
          timelineScope: '--dialog-content',
          borderRadius: token('r'),
          border: hairline,
          boxShadow: token('lift'),
        },
      },
    },
    MuiBackdrop: {
      styleOverrides: {
        root: { backgroundColor: token('veil'), '&.MuiBackdrop-invisible': { backgroundColor: 'transparent' } },
      },
    },
    MuiDialogTitle: {
      styleOverrides: {
        root: { padding: `16px ${dialogSide} 8px`, fontSize: '1.0625rem', fontWeight: 600 },
      },
    },
    MuiDialogContent: {
      styleOverrides: { root: { padding: `8px ${dialogSide} 16px`, scrollTimeline: '--dialog-content block' } },
    },
    // The buttons of a narrow dialog wrap below each other instead of overflowing.
    MuiDialogActions: {
      defaultProps: { disableSpacing: true },
      styleOverrides: {
        root: {
          padding: `12px ${dialogSide} 16px`,
          gap: '8px 6px',
          flexWrap: 'wrap',
          borderTop: '1px solid transparent',
          // A hairline as long as there is more to scroll to (base.css).
          animation: 'more-below linear both',
          animationTimeline: '--dialog-content',
        },
      },
    },
    MuiPopover: { styleOverrides: { paper: { border: hairline, boxShadow: token('lift'), marginTop: 4 } } },
    MuiMenu: { styleOverrides: { list: { padding: 4 } } },
    MuiMenuItem: {
      styleOverrides: {
        root: {
          minHeight: 32,
          padding: '5px 10px',
          gap: 10,
          borderRadius: token('r-s'),
          fontSize: '0.875rem',
          '&.Mui-selected, &.Mui-selected:hover': { backgroundColor: token('accent-soft'), color: token('accent') },
          '&.Mui-focusVisible': { ...focusRing, outlineOffset: -2, backgroundColor: token('hover') },
          '@media (pointer: coarse)': { minHeight: 44 },
        },
      },
    },
    MuiOutlinedInput: {
      styleOverrides: {
        root: {
          borderRadius: token('r-s'),
          backgroundColor: token('paper'),
          fontSize: '0.875rem',
          // Below 16 px a phone zooms into the page as soon as the field has focus.
          '@media (pointer: coarse), (max-width: 600px)': { fontSize: '1rem' },
          '@media (pointer: coarse)': { minHeight: 44 },
          '&:hover .MuiOutlinedInput-notchedOutline': { borderColor: token('ink-2') },
          '&.Mui-focused .MuiOutlinedInput-notchedOutline': { borderWidth: 2, borderColor: token('focus') },
        },
        input: { padding: '7px 10px', height: '1.4em', lineHeight: 1.4 },
        multiline: { padding: '8px 10px', lineHeight: 1.55 },
        notchedOutline: { borderColor: token('line-strong') },
      },
    },
    MuiInputBase: { styleOverrides: { input: { '&::placeholder': { color: token('ink-3'), opacity: 1 } } } },
    MuiSelect: { styleOverrides: { select: { minHeight: 'auto' } } },
    MuiAutocomplete: {
      styleOverrides: {
        paper: { border: hairline, boxShadow: token('lift'), marginTop: 4 },
        listbox: { padding: 4 },
        option: { borderRadius: token('r-s'), minHeight: 32, fontSize: '0.875rem' },
        inputRoot: { padding: '1px 4px' },
      },
    },
    MuiCheckbox: {
      defaultProps: { size: 'small' },
      styleOverrides: { root: { padding: 6, borderRadius: token('r-s'), color: token('line-strong') } },
    },
    MuiRadio: {
      defaultProps: { size: 'small' },
      styleOverrides: { root: { padding: 6, color: token('line-strong') } },
    },
    MuiSwitch: { defaultProps: { size: 'small' } },
    MuiFormControlLabel: { styleOverrides: { label: { fontSize: '0.875rem' } } },
    MuiFormHelperText: { styleOverrides: { root: { marginInline: 0, fontSize: '0.8125rem' } } },
    MuiTooltip: {
      defaultProps: { enterDelay: 400, enterNextDelay: 100, disableInteractive: true },
      styleOverrides: {
        tooltip: {
          backgroundColor: token('ink'),
          color: token('paper'),
          fontSize: '0.8125rem',
          fontWeight: 400,
          padding: '5px 8px',
        },
      },
    },
    MuiTab: { styleOverrides: { root: { minHeight: 36, minWidth: 0, padding: '6px 12px' } } },
    MuiTabs: { styleOverrides: { root: { minHeight: 36 } } },
    MuiTableCell: {
      styleOverrides: {
        root: {
          fontSize: '0.875rem',
          padding: '8px 12px',
          borderBottomColor: token('line-2'),
          fontVariantNumeric: 'tabular-nums',
        },
        head: { fontSize: '0.8125rem', fontWeight: 500, color: token('ink-2'), borderBottomColor: token('line') },
      },
    },
    MuiAlert: {
      styleOverrides: {
        root: { borderRadius: token('r-s'), padding: '4px 12px', fontSize: '0.875rem', border: hairline },
      },
    },
    MuiLink: { defaultProps: { underline: 'hover' } },
  },
})
