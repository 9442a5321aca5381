import { domToCanvas } from 'modern-screenshot'
import { fontRules } from './picture-fonts.ts'

type Words = {
  title: string
  unit: string
  lines: readonly string[]
  /** As of when, and the source of the figures. */
  foot: string
}

/** Twice the resolution of the screen: sharp in a printed letter. */
const scale = 2
const margin = 24
/** Elements that are only useful with a pointer. */
const onlyOnScreen = '.recharts-tooltip-wrapper, [data-screen-only]'

/** A chart as shown on the page, with its texts above and below. */
export async function drawPicture(chart: HTMLElement, { title, unit, lines, foot }: Words): Promise<Blob> {
  // Lists that scroll on screen are shown in full.
  chart.dataset.picture = ''
  try {
    const inks = getComputedStyle(chart)
    const [paper, ink, quiet] = ['--paper', '--ink', '--ink-2'].map(
      (name) => inks.getPropertyValue(name).trim() || '#000',
    )
    const drawn = await domToCanvas(chart, {
      scale,
      backgroundColor: paper ?? null,
      font: { cssText: await fontRules() },
      filter: (node) => !(node instanceof Element && node.matches(onlyOnScreen)),
    })
    const canvas = document.createElement('canvas')
    const pen = canvas.getContext('2d')
    if (!pen) throw new Error('This browser draws no pictures')
    const font = (weight: number, size: number) => `${weight} ${size}px ${inks.fontFamily}`
    const width = drawn.width / scale
    const rows = [
      ...wrapped(pen, title, width, font(600, 18), 26, ink),
      ...wrapped(pen, unit, width, font(400, 13), 20, quiet),
      ...lines.flatMap((line) => wrapped(pen, line, width, font(400, 13), 20, quiet)),
    ]
    const last = wrapped(pen, foot, width, font(400, 12), 18, quiet)
    const heightOf = (part: readonly Row[]) => part.reduce((sum, { height }) => sum + height, 0)
    const top = margin + heightOf(rows) + 14
    canvas.width = drawn.width + 2 * margin * scale
    canvas.height = drawn.height + (top + 14 + heightOf(last) + margin) * scale
    pen.scale(scale, scale)
    pen.fillStyle = paper ?? '#fff'
    pen.fillRect(0, 0, canvas.width, canvas.height)
    write(pen, rows, margin)
    pen.drawImage(drawn, margin, top, width, drawn.height / scale)
    write(pen, last, top + drawn.height / scale + 14)
    return await new Promise((resolve, reject) =>
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The picture is empty'))), 'image/png'),
    )
  } finally {
    delete chart.dataset.picture
  }
}

type Row = { text: string; font: string; height: number; ink: string }

/** Words in lines that are no wider than the chart. */
function wrapped(
  pen: CanvasRenderingContext2D,
  text: string,
  width: number,
  font: string,
  height: number,
  ink = '#000',
): Row[] {
  pen.font = font
  const rows: string[] = []
  for (const word of text.split(' ')) {
    const longer = rows.length > 0 ? `${rows.at(-1)} ${word}` : word
    if (rows.length > 0 && pen.measureText(longer).width <= width) rows[rows.length - 1] = longer
    else rows.push(word)
  }
  return rows.map((row) => ({ text: row, font, height, ink }))
}

function write(pen: CanvasRenderingContext2D, rows: readonly Row[], from: number): void {
  let top = from
  pen.textBaseline = 'top'
  for (const { text, font, height, ink } of rows) {
    pen.font = font
    pen.fillStyle = ink
    pen.fillText(text, margin, top)
    top += height
  }
}
