import { createTheme } from '@mui/material/styles'
import type {} from '@mui/material/themeCssVarsAugmentation'
import { controls, focusRing, touched } from './theme-controls.ts'
import { colours, type Scheme, space, token } from './tokens.ts'

function palette(scheme: Scheme) {
  const c = colours[scheme]
  return {
    primary: { main: c.accent, dark: c['accent-strong'], light: c['accent-soft'], contrastText: c['accent-ink'] },
    error: { main: c.wrong, dark: c.wrong, light: c['wrong-soft'], contrastText: c.paper },
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
const dialogSide = `clamp(${space(16)}, calc(${space(16)} + (100vw - 700px) * 100), ${space(20)})`
/** On a phone toasts are on top (Toasts.module.css): there is space for two lines, extended for more. */
const belowToasts = `max(68px, calc(var(--toasts-height, 0px) + ${space(16)}))`

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
    h1: { fontSize: token('text-3xl'), fontWeight: 600, lineHeight: 1.35, letterSpacing: '-0.01em' },
    h2: { fontSize: token('text-2xl'), fontWeight: 600, lineHeight: 1.4 },
    h3: { fontSize: token('text-l'), fontWeight: 600, lineHeight: 1.45 },
    body1: { fontSize: token('text-l'), lineHeight: 1.6 },
    body2: { fontSize: token('text-m'), lineHeight: 1.5 },
    button: { fontSize: token('text-m'), fontWeight: 500, lineHeight: 1.5, textTransform: 'none' },
    caption: { fontSize: token('text-s'), lineHeight: 1.45 },
    overline: { fontSize: token('text-2xs'), fontWeight: 600, letterSpacing: '0.06em', textTransform: 'uppercase' },
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
    ...controls,
    MuiPaper: {
      defaultProps: { elevation: 0 },
      styleOverrides: { root: { backgroundImage: 'none' } },
    },
    MuiDialog: {
      styleOverrides: {
        // Aligned at the top whatever its content: a line that appears, such as an error, moves nothing above it.
        container: { alignItems: 'flex-start' },
        paper: {
          marginTop: space(32),
          '@media (min-width: 701px) and (min-height: 700px)': {
            '&:not(.MuiDialog-paperWidthLg)': { marginTop: '14vh', maxHeight: 'calc(86% - 32px)' },
          },
          // On a phone nearly as wide as the screen: two buttons fit beside each other, and words do not wrap
          // needlessly.
          '@media (max-width: 700px)': {
            margin: `${belowToasts} ${space(12, 12)}`,
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
        root: { padding: `${space(16)} ${dialogSide} ${space(8)}`, fontSize: token('text-2xl'), fontWeight: 600 },
      },
    },
    MuiDialogContent: {
      styleOverrides: {
        root: { padding: `${space(8)} ${dialogSide} ${space(16)}`, scrollTimeline: '--dialog-content block' },
      },
    },
    // The buttons of a narrow dialog wrap below each other instead of overflowing.
    MuiDialogActions: {
      defaultProps: { disableSpacing: true },
      styleOverrides: {
        root: {
          padding: `${space(12)} ${dialogSide} ${space(16)}`,
          gap: space(8, 6),
          flexWrap: 'wrap',
          borderTop: '1px solid transparent',
          // A hairline as long as there is more to scroll to (base.css).
          animation: 'more-below linear both',
          animationTimeline: '--dialog-content',
        },
      },
    },
    MuiPopover: { styleOverrides: { paper: { border: hairline, boxShadow: token('lift'), marginTop: space(4) } } },
    MuiMenu: { styleOverrides: { list: { padding: space(4) } } },
    MuiMenuItem: {
      styleOverrides: {
        root: {
          minHeight: 32,
          padding: space(4, 10),
          gap: space(10),
          borderRadius: token('r-s'),
          fontSize: token('text-m'),
          '&.Mui-selected, &.Mui-selected:hover': { backgroundColor: token('accent-soft'), color: token('accent') },
          '&.Mui-focusVisible': { ...focusRing, outlineOffset: -2, backgroundColor: token('hover') },
          '@media (pointer: coarse)': { minHeight: 44 },
        },
      },
    },
    MuiAutocomplete: {
      styleOverrides: {
        paper: { border: hairline, boxShadow: token('lift'), marginTop: space(4) },
        listbox: { padding: space(4) },
        option: { borderRadius: token('r-s'), minHeight: 32, fontSize: token('text-m') },
        // As high as its chips. These styles take precedence over those of other fields, so the height for fingers is
        // repeated.
        inputRoot: { height: 'auto', minHeight: 34, padding: space(2, 8), [touched]: { minHeight: 44 } },
        input: { minHeight: 24 },
        popupIndicator: { width: 26, height: 26 },
        clearIndicator: { width: 26, height: 26 },
        endAdornment: { right: space(4) },
      },
    },
    MuiTabs: {
      styleOverrides: {
        root: { minHeight: 36, borderBottom: hairline },
        list: { flexWrap: 'wrap' },
        // The tab's own edge shows which one is open: it stands there before any script has measured it.
        indicator: { display: 'none' },
      },
    },
    MuiTab: {
      styleOverrides: {
        root: {
          flexDirection: 'row',
          gap: space(6),
          minWidth: 0,
          minHeight: 36,
          padding: space(0, 10),
          borderBottom: '2px solid transparent',
          fontSize: token('text-s'),
          '&:hover': { color: token('ink') },
          '&.Mui-selected': { borderBottomColor: token('accent'), color: token('accent') },
          '@media (pointer: coarse)': { minHeight: 44 },
        },
      },
    },
    MuiTableCell: {
      styleOverrides: {
        root: {
          fontSize: token('text-m'),
          padding: space(8, 12),
          borderBottomColor: token('line-2'),
          fontVariantNumeric: 'tabular-nums',
        },
        head: { fontSize: token('text-s'), fontWeight: 500, color: token('ink-2'), borderBottomColor: token('line') },
      },
    },
  },
})
