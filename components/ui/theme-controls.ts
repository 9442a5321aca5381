import type { Components, CSSObject } from '@mui/material/styles'
import { space, token } from './tokens.ts'

export const focusRing = { outline: `2px solid ${token('focus')}`, outlineOffset: 1 }

const coarse = '@media (pointer: coarse)'
const forcedColours = '@media (forced-colors: active)'
/** Below 16 px a phone zooms into the page as soon as the field has focus. */
export const touched = '@media (pointer: coarse), (max-width: 700px)'

/** After the looks: what cannot be pressed has none, unless it is in progress. */
const idle = (borderColor: string): CSSObject => ({
  '&.Mui-disabled, &[aria-disabled="true"]': { cursor: 'default', pointerEvents: 'auto' },
  '&.Mui-disabled, &[aria-disabled="true"]:not([aria-busy])': {
    borderColor,
    backgroundColor: 'transparent',
    color: token('ink-3'),
  },
})

const icon = (size: number): CSSObject => ({ '& > svg': { flex: 'none', width: size, height: size } })

const filled = (ground: string, ink: string, pressed: string): CSSObject => ({
  borderColor: 'transparent',
  backgroundColor: ground,
  color: ink,
  '&:hover, &:active': { backgroundColor: pressed },
})

/** What is pressed, typed into or ticked. */
export const controls: Components = {
  MuiButtonBase: {
    defaultProps: { disableRipple: true },
    styleOverrides: { root: { '&:focus-visible, &.Mui-focusVisible': focusRing } },
  },
  MuiButton: {
    defaultProps: { disableElevation: true },
    styleOverrides: {
      root: {
        gap: space(8),
        minWidth: 0,
        border: '1px solid transparent',
        borderRadius: token('r-s'),
        color: token('ink'),
        lineHeight: 1,
        whiteSpace: 'nowrap',
        transition: 'background-color 100ms, border-color 100ms',
        ...icon(16),
        variants: [
          { props: { size: 'small' }, style: { height: 28, padding: space(0, 10), fontSize: token('text-s') } },
          { props: { size: 'medium' }, style: { height: 32, padding: space(0, 12), fontSize: token('text-m') } },
          { props: { size: 'large' }, style: { height: 40, padding: space(0, 16), fontSize: token('text-l') } },
          {
            props: { variant: 'outlined' },
            style: {
              borderColor: token('line'),
              backgroundColor: token('paper'),
              '&:hover': { borderColor: token('line-strong'), backgroundColor: token('hover') },
              '&:active': { backgroundColor: token('line-2') },
              '&[aria-pressed="true"]': {
                borderColor: token('accent'),
                backgroundColor: token('accent-soft'),
                color: token('accent'),
              },
            },
          },
          {
            props: { variant: 'text' },
            style: {
              color: token('ink-2'),
              '&:hover': { backgroundColor: token('hover'), color: token('ink') },
              '&:active': { backgroundColor: token('line-2') },
            },
          },
          {
            props: { variant: 'contained', color: 'primary' },
            style: filled(token('accent'), token('accent-ink'), token('accent-strong')),
          },
          {
            props: { variant: 'contained', color: 'error' },
            style: filled(token('wrong'), token('paper'), `color-mix(in srgb, ${token('wrong')} 88%, ${token('ink')})`),
          },
          { props: {}, style: { [coarse]: { height: 44 }, [forcedColours]: { borderColor: 'ButtonText' } } },
          { props: {}, style: idle(token('line')) },
          { props: { variant: 'text' }, style: idle('transparent') },
        ],
      },
    },
  },
  MuiIconButton: {
    styleOverrides: {
      root: {
        padding: 0,
        border: '1px solid transparent',
        borderRadius: token('r-s'),
        color: token('ink-2'),
        transition: 'background-color 100ms',
        '&:hover': { backgroundColor: token('hover'), color: token('ink') },
        '&:active': { backgroundColor: token('line-2') },
        ...icon(18),
        variants: [
          { props: { size: 'small' }, style: { width: 28, height: 28 } },
          { props: { size: 'medium' }, style: { width: 32, height: 32 } },
          {
            props: {},
            style: {
              [coarse]: { width: 44, height: 44 },
              [forcedColours]: { borderColor: 'ButtonText' },
              '&.Mui-disabled > svg': { opacity: 0.6 },
            },
          },
          { props: {}, style: idle('transparent') },
        ],
      },
    },
  },
  MuiInputBase: {
    styleOverrides: {
      root: {
        height: 34,
        minWidth: 0,
        padding: space(0, 10),
        border: `1px solid ${token('line-strong')}`,
        borderRadius: token('r-s'),
        backgroundColor: token('paper'),
        color: token('ink'),
        fontSize: token('text-m'),
        '& > svg:first-child': { flex: 'none', marginInlineEnd: space(8), color: token('ink-3') },
        '&:hover': { borderColor: token('ink-2') },
        '&:has([aria-invalid="true"])': { borderColor: token('wrong') },
        '&:focus-within': { borderColor: token('focus'), outline: `1px solid ${token('focus')}` },
        '&:focus-within:has([aria-invalid="true"])': { borderColor: token('wrong'), outlineColor: token('wrong') },
        '&.Mui-disabled': { borderColor: token('line'), backgroundColor: token('bg'), color: token('ink-3') },
        [touched]: { minHeight: 44, fontSize: token('text-xl') },
        variants: [{ props: { multiline: true }, style: { height: 'auto', padding: 0, lineHeight: 1.55 } }],
      },
      input: {
        height: 'auto',
        padding: 0,
        textAlign: 'inherit',
        textOverflow: 'ellipsis',
        '&::placeholder': { color: token('ink-3'), opacity: 1 },
        variants: [
          {
            props: { multiline: true },
            style: {
              boxSizing: 'border-box',
              minHeight: 84,
              maxHeight: '50vh',
              padding: space(8, 10),
              resize: 'vertical',
              fieldSizing: 'content',
            },
          },
        ],
      },
    },
  },
  MuiNativeSelect: {
    styleOverrides: {
      select: { '&&&': { height: 'auto', paddingRight: space(20), '&:focus': { backgroundColor: 'transparent' } } },
      icon: { right: space(8), top: 'calc(50% - 7px)', width: 14, height: 14, color: token('ink-2') },
    },
  },
  MuiCheckbox: {
    styleOverrides: { root: { flexShrink: 0, padding: 0, borderRadius: 4, '&.Mui-disabled': { opacity: 0.5 } } },
  },
  MuiRadio: {
    styleOverrides: { root: { flexShrink: 0, padding: 0, '&.Mui-disabled': { opacity: 0.5 } } },
  },
  MuiSwitch: {
    styleOverrides: {
      root: { width: 32, height: 18, padding: 0, overflow: 'visible', borderRadius: 9 },
      switchBase: {
        padding: 'calc((18px - 12px) / 2)',
        color: token('ink-2'),
        '&:hover': { backgroundColor: 'transparent' },
        '&.Mui-checked': { color: token('accent-ink'), transform: 'translateX(14px)' },
        '&.Mui-checked:hover': { backgroundColor: 'transparent' },
        '&.Mui-checked + .MuiSwitch-track': {
          borderColor: token('accent'),
          backgroundColor: token('accent'),
          opacity: 1,
          [forcedColours]: { backgroundColor: 'Highlight' },
        },
        '&.Mui-disabled + .MuiSwitch-track': { opacity: 0.5 },
        '&.Mui-focusVisible': { outline: 0 },
        '&.Mui-focusVisible + .MuiSwitch-track': focusRing,
      },
      thumb: {
        width: 12,
        height: 12,
        boxShadow: 'none',
        [forcedColours]: { backgroundColor: 'CanvasText' },
      },
      track: {
        boxSizing: 'border-box',
        border: `1px solid ${token('line-strong')}`,
        borderRadius: 9,
        backgroundColor: token('line-2'),
        opacity: 1,
      },
    },
  },
}
