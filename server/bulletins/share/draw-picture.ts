import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Font } from 'satori'
import sharp from 'sharp'
import { encode } from 'uqr'
import { linesOf, shareShapes, titleSize } from '../rules/share-image.ts'
import type { PictureWords } from './picture-words.ts'

type Style = Record<string, string | number>
type Box = { type: 'div'; props: { style: Style; children: (Box | string)[] | string } }

const paper = '#ffffff'
const ink = '#17212e'
const quiet = '#51606f'
const line = '#e4e8ed'
const over = '#5a6570'
const bands = { info: '#0b5fa5', advisory: '#0b5fa5', warning: '#8f5400', emergency: '#b3261e' } as const

/** How large things are drawn: on a phone the upright picture is three times smaller. */
const scales = {
  ngang: {
    pad: 48,
    band: 84,
    head: 32,
    mark: 34,
    label: 22,
    fact: 27,
    small: 24,
    code: 236,
    sizes: [60, 54, 48, 42, 36, 31, 27],
  },
  doc: {
    pad: 64,
    band: 120,
    head: 35,
    mark: 56,
    label: 32,
    fact: 42,
    small: 35,
    code: 320,
    sizes: [100, 90, 80, 72, 64, 56, 50, 44, 40],
  },
} as const
type Scale = (typeof scales)['doc' | 'ngang']

const family = ['vietnamese', 'latin-ext', 'latin'] as const
const folder = join(process.cwd(), 'node_modules/@fontsource/be-vietnam-pro/files')
let loaded: Promise<Font[]> | undefined

/** The fonts are split by alphabet; a text takes each glyph from the first that has it. */
function fonts(): Promise<Font[]> {
  loaded ??= Promise.all(
    family.flatMap((alphabet) =>
      ([400, 700] as const).map(async (weight) => ({
        name: alphabet,
        data: await readFile(join(folder, `be-vietnam-pro-${alphabet}-${weight}-normal.woff`)),
        weight,
        style: 'normal' as const,
      })),
    ),
  )
  return loaded
}

/** Laid out as SVG, without the code; a test reads its words where the letters are not drawn as shapes. */
export async function setPicture(words: PictureWords, asShapes = true): Promise<string> {
  const layout = words.shape === 'doc' ? upright : across
  const settings = { ...shareShapes[words.shape], fonts: await fonts(), embedFont: asShapes }
  // Only who draws a picture needs it: its code and tables take some ten megabytes.
  const { default: satori } = await import('satori')
  return satori(layout(words, scales[words.shape]) as never, settings)
}

/** Draws the picture of a bulletin as a PNG. */
export async function drawPicture(words: PictureWords): Promise<Buffer> {
  const { width, height } = shareShapes[words.shape]
  const scale = scales[words.shape]
  const code = codeOf(words.link, scale.code)
  const svg = await setPicture(words)
  const place = `translate(${width - scale.pad - scale.code + code.inset} ${height - scale.pad - scale.code + code.inset})`
  const whole = svg.replace(
    /<\/svg>\s*$/,
    `<path transform="${place}" shape-rendering="crispEdges" fill="#000" d="${code.path}"/></svg>`,
  )
  // Few colours and large flat areas: a palette needs a third of the bytes.
  return sharp(Buffer.from(whole)).png({ palette: true, colours: 96, effort: 7 }).toBuffer()
}

/** The code in whole pixels, as large as the square allows, its quiet zone included. */
function codeOf(link: string, side: number): { path: string; inset: number } {
  const { data, size } = encode(link, { ecc: 'M', border: 4 })
  const unit = Math.floor(side / size)
  const runs = data.flatMap((row, y) =>
    row.flatMap((dark, x) => (dark ? [`M${x * unit} ${y * unit}h${unit}v${unit}h-${unit}z`] : [])),
  )
  return { path: runs.join(''), inset: Math.floor((side - unit * size) / 2) }
}

function upright(words: PictureWords, scale: Scale): Box {
  const { pad } = scale
  const { width, height } = shareShapes.doc
  const markHeight = words.mark ? scale.mark * 2 : 0
  const foot = scale.code + pad
  const factsHeight = heightOf(words, width - 2 * pad, scale) + words.facts.length * (scale.label * 1.4 + 24)
  const place = { width: width - 2 * pad, height: height - scale.band - markHeight - foot - factsHeight - 2 * 36 }
  return frame(words, [
    band(words, scale),
    ...markBar(words, scale),
    column({ flexGrow: 1, padding: `36px ${pad}px`, justifyContent: 'space-between' }, [
      title(words, place, scale),
      column(
        { gap: 24 },
        words.facts.map((fact) => factBox(fact, scale)),
      ),
    ]),
    row({ padding: `0 ${pad}px ${pad}px`, height: foot, justifyContent: 'space-between' }, [
      issued(words, scale),
      codeRoom(scale),
    ]),
  ])
}

function across(words: PictureWords, scale: Scale): Box {
  const { pad } = scale
  const { width, height } = shareShapes.ngang
  const markHeight = words.mark ? scale.mark * 1.9 : 0
  const room = width - 3 * pad - scale.code
  const factsHeight = heightOf(words, room - 4 * scale.fact, scale) + words.facts.length * 12
  const place = { width: room, height: height - scale.band - markHeight - factsHeight - 3 * 28 }
  return frame(words, [
    band(words, scale),
    ...markBar(words, scale),
    row({ flexGrow: 1, padding: `28px ${pad}px ${pad}px`, justifyContent: 'space-between' }, [
      column({ width: room, justifyContent: 'space-between' }, [
        title(words, place, scale),
        column(
          { gap: 12 },
          words.facts.map((fact) => factLine(fact, scale)),
        ),
      ]),
      column({ width: scale.code, justifyContent: 'space-between' }, [
        column({ fontSize: scale.small, gap: 6 }, [
          text({ display: 'block', fontWeight: 700, textWrap: 'balance' }, words.issuer),
          ...(words.number ? [text({ color: quiet }, words.number)] : []),
        ]),
        codeRoom(scale),
      ]),
    ]),
  ])
}

/** The height of the facts beneath the title, without the space between them. */
function heightOf({ facts }: PictureWords, width: number, { fact }: Scale): number {
  const lines = facts.map(({ words }) => Math.min(mostLines, linesOf(words, width, fact)))
  return lines.reduce((sum, count) => sum + count, 0) * fact * 1.3
}

const mostLines = 2

function frame({ language }: PictureWords, children: Box[]): Box {
  const box = column(
    { width: '100%', height: '100%', background: paper, color: ink, fontFamily: family.join(', ') },
    children,
  )
  return { ...box, props: { ...box.props, lang: language } as Box['props'] }
}

function band({ masthead, kind, severity, mark }: PictureWords, scale: Scale): Box {
  const background = mark && mark.kind !== 'exercise' ? over : bands[severity]
  return row(
    {
      height: scale.band,
      padding: `0 ${scale.pad}px`,
      alignItems: 'center',
      justifyContent: 'space-between',
      background,
      color: paper,
      fontSize: scale.head,
    },
    [text({ whiteSpace: 'nowrap' }, masthead), text({ fontWeight: 700, whiteSpace: 'nowrap' }, kind)],
  )
}

/** That it is not in force, or is only an exercise, is shown as large as the title. */
function markBar({ mark }: PictureWords, scale: Scale): Box[] {
  if (!mark) return []
  const colours =
    mark.kind === 'exercise' ? { background: '#fdf7e3', color: '#7a5a00' } : { background: ink, color: paper }
  return [
    row(
      {
        padding: `${scale.mark * 0.3}px ${scale.pad}px`,
        fontSize: scale.mark,
        fontWeight: 700,
        lineHeight: 1.25,
        ...colours,
      },
      [text({}, mark.words)],
    ),
  ]
}

function title({ title, mark }: PictureWords, place: { width: number; height: number }, scale: Scale): Box {
  const fontSize = titleSize(title, place, scale.sizes)
  const lines = Math.max(1, Math.floor(place.height / (fontSize * 1.2)))
  const color = mark && mark.kind !== 'exercise' ? over : ink
  return text(
    {
      display: 'block',
      width: place.width,
      fontSize,
      fontWeight: 700,
      lineHeight: 1.2,
      color,
      lineClamp: lines,
      wordBreak: 'break-word',
    },
    title,
  )
}

const factBox = ({ label, words }: PictureWords['facts'][number], scale: Scale): Box =>
  column({ gap: 2 }, [
    text({ fontSize: scale.label, color: quiet }, label),
    text({ display: 'block', fontSize: scale.fact, fontWeight: 700, lineHeight: 1.25, lineClamp: mostLines }, words),
  ])

const factLine = ({ label, words }: PictureWords['facts'][number], scale: Scale): Box =>
  row({ fontSize: scale.fact, lineHeight: 1.25, gap: 14 }, [
    text({ color: quiet, flexShrink: 0 }, `${label}:`),
    text({ display: 'block', flexShrink: 1, fontWeight: 700, lineClamp: mostLines }, words),
  ])

const issued = ({ issuer, number, scan }: PictureWords, scale: Scale): Box =>
  column(
    {
      flexShrink: 1,
      justifyContent: 'space-between',
      paddingRight: 40,
      borderTop: `2px solid ${line}`,
      paddingTop: 24,
      flexGrow: 1,
    },
    [
      column({ gap: 8, fontSize: scale.small }, [
        text({ display: 'block', fontWeight: 700, textWrap: 'balance' }, issuer),
        ...(number ? [text({ color: quiet }, number)] : []),
      ]),
      text({ display: 'block', fontSize: scale.small, color: quiet, textWrap: 'balance' }, scan),
    ],
  )

/** Where the code is drawn afterwards. */
const codeRoom = (scale: Scale): Box =>
  row({ width: scale.code, height: scale.code, flexShrink: 0, background: paper }, [])

const box = (style: Style, children: Box['props']['children']): Box => ({ type: 'div', props: { style, children } })
const row = (style: Style, children: Box[]): Box => box({ display: 'flex', flexDirection: 'row', ...style }, children)
const column = (style: Style, children: Box[]): Box =>
  box({ display: 'flex', flexDirection: 'column', ...style }, children)
const text = (style: Style, words: string): Box => box({ display: 'flex', ...style }, words)
