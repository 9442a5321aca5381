/**
 * The colours of the desk, light and dark. The theme, the CSS variables (`var(--ink-2)`), chips, charts and map pins
 * all read them here. `--ink-3` is the faintest ink that still passes 4.5:1 on every paper of its scheme
 * (tokens.test.ts measures it).
 *
 * Red has three names, because it means three things: `late` is past its deadline and nothing else (tokens.test.ts
 * lists who says so), `wrong` was refused, failed or has to be put right, and `grave` is an emergency or urgent.
 * `worse` is a figure that is worse beyond chance, which is none of them.
 */
export const colours = {
  light: {
    bg: '#f6f7f9',
    paper: '#ffffff',
    ink: '#17212e',
    'ink-2': '#51606f',
    'ink-3': '#626d79',
    line: '#e4e8ed',
    'line-2': '#eef1f4',
    'line-strong': '#848e99',
    accent: '#0b5fa5',
    'accent-strong': '#084a82',
    'accent-ink': '#ffffff',
    'accent-soft': '#e7f1fa',
    focus: '#0b5fa5',
    sel: '#eef5fb',
    hover: '#f4f6f9',
    late: '#b3261e',
    'late-soft': '#fdecea',
    wrong: '#b3261e',
    'wrong-soft': '#fdecea',
    grave: '#b3261e',
    'grave-soft': '#fdecea',
    worse: '#8a2a74',
    soon: '#8f5400',
    'soon-soft': '#fff3dc',
    'soon-mark': '#c27400',
    ok: '#1b7347',
    'ok-soft': '#e6f4ec',
    pause: '#5a6570',
    'pause-soft': '#edf0f3',
    note: '#fdf7e3',
    'note-line': '#ead9a0',
    'note-ink': '#7a5a00',
    's-intake': '#856000',
    's-accept': '#6247aa',
    's-progress': '#0b5fa5',
    's-citizen': '#5a6570',
    's-approval': '#a75400',
    's-answered': '#1b7347',
    's-closed': '#5a6570',
    's-rejected': '#8c2f39',
    's-merged': '#4a6572',
    veil: 'rgba(23, 33, 46, 0.32)',
    lift: '0 1px 2px rgba(23, 33, 46, 0.06), 0 8px 24px rgba(23, 33, 46, 0.12)',
  },
  dark: {
    bg: '#0f151c',
    paper: '#161e27',
    ink: '#e8edf2',
    'ink-2': '#a8b4c0',
    'ink-3': '#8d99a6',
    line: '#273240',
    'line-2': '#1f2933',
    'line-strong': '#6a7887',
    accent: '#6db3ee',
    'accent-strong': '#93c8f4',
    'accent-ink': '#0b1a29',
    'accent-soft': '#17304a',
    focus: '#6db3ee',
    sel: '#182a3b',
    hover: '#1b2530',
    late: '#ff8a80',
    'late-soft': '#3b1d1c',
    wrong: '#ff8a80',
    'wrong-soft': '#3b1d1c',
    grave: '#ff8a80',
    'grave-soft': '#3b1d1c',
    worse: '#ee9fda',
    soon: '#ffc266',
    'soon-soft': '#3a2b12',
    'soon-mark': '#ffc266',
    ok: '#6fcf97',
    'ok-soft': '#15301f',
    pause: '#a8b4c0',
    'pause-soft': '#232d37',
    note: '#2b2617',
    'note-line': '#4d4426',
    'note-ink': '#e3c669',
    's-intake': '#e3b341',
    's-accept': '#b39ddb',
    's-progress': '#6db3ee',
    's-citizen': '#a8b4c0',
    's-approval': '#ffb366',
    's-answered': '#6fcf97',
    's-closed': '#a8b4c0',
    's-rejected': '#f2a0a8',
    's-merged': '#9db6c2',
    veil: 'rgba(4, 8, 12, 0.6)',
    lift: '0 0 0 1px #273240, 0 12px 32px rgba(0, 0, 0, 0.5)',
  },
} as const

/** Storage key of the choice of light, dark or the machine's own. */
export const colourModeKey = 'colour-mode'

export type Scheme = keyof typeof colours
export type ColourName = keyof (typeof colours)['light']

/** The sizes that do not change with the scheme. */
export const sizes = {
  r: '8px',
  'r-s': '6px',
  'row-compact': '40px',
  'row-comfortable': '56px',
  rail: '56px',
  bar: '48px',
  'width-reading': '760px',
  'width-wide': '1440px',
  'text-2xs': '0.6875rem',
  'text-xs': '0.75rem',
  'text-s': '0.8125rem',
  'text-m': '0.875rem',
  'text-l': '0.9375rem',
  'text-xl': '1rem',
  'text-2xl': '1.125rem',
  'text-3xl': '1.25rem',
  'text-4xl': '1.5rem',
  'text-5xl': '2rem',
  font: "'Be Vietnam Pro', 'Be Vietnam Pro Fallback', system-ui, sans-serif",
  mono: "ui-monospace, 'SF Mono', 'Cascadia Mono', Consolas, 'Liberation Mono', monospace",
} as const

export type SizeName = keyof typeof sizes

/** The distances in pixels between things and around them (`var(--space-8)`). */
export const spaceSteps = [2, 4, 6, 8, 10, 12, 16, 20, 24, 32, 40, 48] as const

export type Space = 0 | (typeof spaceSteps)[number]

/** The widths in pixels at which layouts change: a phone, a small window, room for a preview, a wall. */
export const breakPoints = [700, 1100, 1280, 1700] as const

/** A token as a CSS value. */
export function token(name: ColourName | SizeName): string {
  return `var(--${name})`
}

/** Distances as a CSS value, for one side or several. */
export function space(...steps: readonly Space[]): string {
  return steps.map((step) => step && `var(--space-${step})`).join(' ')
}

const spaces = () => Object.fromEntries(spaceSteps.map((step) => [`space-${step}`, `${step}px`]))

function block(selector: string, ...groups: readonly Readonly<Record<string, string>>[]): string {
  const properties = groups.flatMap((group) => Object.entries(group).map(([name, value]) => `--${name}:${value}`))
  return `${selector}{${properties.join(';')}}`
}

/** Every token as a custom property, for the head of the page. Print is always light. */
export function tokenStylesheet(): string {
  return [
    block(':root', sizes, spaces(), colours.light),
    block('[data-theme="dark"]', colours.dark),
    `@media print{${block(':root,[data-theme="dark"]', colours.light)}}`,
  ].join('')
}

/** The same for pages without a script: by the preference of the device, unless the page sets its paper. */
export function preferredTokenStylesheet(): string {
  return [
    block(':root', sizes, spaces(), colours.light),
    `@media screen and (prefers-color-scheme: dark){${block(':root', colours.dark)}}`,
    ...(['light', 'dark'] as const).map((paper) => block(`:root[data-paper="${paper}"]`, colours[paper])),
  ].join('')
}
