import type { Random } from '../random.ts'
import {
  blob,
  ellipse,
  group,
  hang,
  height,
  line,
  type Point,
  path,
  polygon,
  rect,
  type Sketch,
  sky,
  width,
} from './ink.ts'

const kerbY = 545

const walls = ['#e9d9a8', '#dcc48a', '#e6e0d0', '#cfd8c4', '#d9b9a0', '#c9d3d9', '#e8cdb5', '#b9c4a6', '#efe6cf']
const shutters = ['#5d7a63', '#4f6a7d', '#7a5a44', '#3f5d57', '#8a8f93']
const awnings = ['#b5483f', '#2f6d8c', '#4b7f52', '#c98b2d', '#7d4a7c']

/** Tall narrow houses in a row, a pavement before them and the road in front: the usual view in the city. */
export const street = (sketch: Sketch): string => facades(sketch) + pavement(sketch.random) + road(sketch.random)

/** Only the houses and the sky above them. */
export function facades({ random, light }: Sketch): string {
  let houses = ''
  for (let x = -20; x < width; ) {
    const w = random.int(120, 190)
    houses += house(random, x, w, random.int(3, 4))
    x += w
  }
  return sky(light) + houses
}

/** The steel tank that stands on every other roof. */
const waterTank =
  line([-13, 0], [-13, -8], '#777', 3) +
  line([13, 0], [13, -8], '#777', 3) +
  rect(-21, -28, 42, 20, '#b9c0c4', 'rx="8"') +
  rect(-17, -25, 34, 4, '#e3e7e9', 'rx="2"') +
  rect(-2, -33, 8, 6, '#9aa2a6')

function house(random: Random, x: number, w: number, floors: number): string {
  const floor = 104
  const top = 470 - floors * floor - random.int(0, 30)
  const wall = random.pick(walls)
  const shutter = random.pick(shutters)
  let parts =
    rect(x, top, w, 470 - top, wall) +
    rect(x, top, 5, 470 - top, '#00000022') +
    rect(x - 3, top - 8, w + 6, 10, '#00000033')
  if (random.chance(0.55)) parts += near(waterTank, x + w * random.between(0.3, 0.7), top - 8)
  for (let i = 0; i < floors - 1; i += 1) {
    const y = 470 - (i + 2) * floor + 18
    const windows = w > 150 ? 2 : 1
    for (let n = 0; n < windows; n += 1) {
      const ww = windows === 2 ? w * 0.32 : w * 0.5
      const wx = x + (windows === 2 ? w * (0.12 + n * 0.44) : w * 0.25)
      parts +=
        rect(wx, y, ww, 60, '#33424a') +
        rect(wx, y, ww / 2 - 1, 60, shutter) +
        rect(wx + ww / 2 + 1, y, ww / 2 - 1, 60, shutter, 'opacity="0.85"')
      for (let s = 1; s < 6; s += 1) parts += rect(wx, y + s * 10, ww, 1.5, '#00000030')
    }
    if (random.chance(0.6)) {
      parts += rect(x + w * 0.06, y + 62, w * 0.88, 5, '#8d8578')
      for (let b = 0; b <= 8; b += 1) parts += rect(x + w * (0.07 + b * 0.107), y + 38, 2, 26, '#54504a')
      parts += rect(x + w * 0.06, y + 36, w * 0.88, 3, '#54504a')
      if (random.chance(0.5)) parts += blob(random, [x + w * random.between(0.2, 0.8), y + 54], 20, 12, '#5f8a4d')
    }
  }
  return parts + shopFront(random, x, w)
}

function shopFront(random: Random, x: number, w: number): string {
  const y = 470 - 96
  const sign = random.pick(awnings)
  let parts = rect(x + 8, y + 26, w - 16, 70, random.chance(0.5) ? '#3a3f42' : '#9aa0a3')
  for (let s = 0; s < 8; s += 1) parts += rect(x + 8, y + 28 + s * 9, w - 16, 1.5, '#00000033')
  parts += rect(x + 6, y, w - 12, 22, sign, 'opacity="0.9"')
  parts += rect(x + 16, y + 8, (w - 32) * random.between(0.4, 0.9), 6, '#ffffffcc')
  if (random.chance(0.45)) {
    parts += polygon(
      [
        [x + 4, y + 24],
        [x + w - 4, y + 24],
        [x + w + 8, y + 46],
        [x - 8, y + 46],
      ],
      random.pick(awnings),
    )
    for (let i = 0; i < 5; i += 1)
      parts += polygon(
        [
          [x + 4 + ((w - 8) * i) / 5, y + 24],
          [x + 4 + ((w - 8) * (i + 0.5)) / 5, y + 24],
          [x - 8 + ((w + 16) * (i + 0.5)) / 5, y + 46],
          [x - 8 + ((w + 16) * i) / 5, y + 46],
        ],
        '#ffffff66',
      )
  }
  return parts
}

function pavement(random: Random): string {
  let parts = rect(0, 470, width, kerbY - 470, '#b9b3a7') + rect(0, 470, width, 6, '#00000022')
  for (let x = -200; x < width + 200; x += 46) parts += line([x, 476], [x - 26 + x * 0.03, kerbY - 12], '#9c968a', 1.4)
  for (const y of [494, 514]) parts += line([0, y], [width, y], '#9c968a', 1.4)
  parts += rect(0, kerbY - 12, width, 12, '#d8d4ca') + rect(0, kerbY - 2, width, 4, '#6f6b63')
  for (let x = random.int(0, 60); x < width; x += 88) parts += line([x, kerbY - 12], [x, kerbY - 2], '#a8a399', 2)
  return parts
}

export function road(random: Random, from = kerbY): string {
  let parts = rect(0, from, width, height - from, '#6d6f72') + rect(0, from, width, 18, '#00000018')
  for (let i = 0; i < 60; i += 1) {
    parts += ellipse(
      random.between(0, width),
      random.between(from + 12, height),
      random.between(6, 60),
      random.between(1, 4),
      random.chance(0.5) ? '#7b7d80' : '#606265',
      'opacity="0.5"',
    )
  }
  for (let x = random.int(-60, 40); x < width; x += 210)
    parts += polygon(
      [
        [x, 664],
        [x + 110, 664],
        [x + 104, 674],
        [x - 10, 674],
      ],
      '#dcd9cf',
      'opacity="0.8"',
    )
  return parts
}

/** A lane between walls, narrowing into the distance. */
export function alley({ random, light }: Sketch): string {
  const far: Point = [480, 330]
  let parts = sky(light)
  parts += polygon(
    [
      [0, 0],
      [400, 210],
      [400, 360],
      [0, 720],
    ],
    random.pick(walls),
  )
  parts += polygon(
    [
      [960, 0],
      [560, 190],
      [560, 360],
      [960, 720],
    ],
    random.pick(walls),
  )
  parts += polygon(
    [
      [400, 210],
      [560, 190],
      [560, 366],
      [400, 366],
    ],
    '#c9c2b2',
  )
  parts += polygon(
    [
      [0, 720],
      [400, 360],
      [560, 360],
      [960, 720],
    ],
    '#8b8a86',
  )
  for (const t of [0.12, 0.42, 0.68]) {
    const x = 400 * t
    const scale = 1 - t * 0.8
    parts += polygon(
      [
        [x, 250 * t + 150 * scale],
        [x + 80 * scale, 250 * t + 160 * scale + 20],
        [x + 80 * scale, 460 - 60 * t],
        [x, 560 - 170 * t],
      ],
      random.pick(shutters),
    )
    parts += polygon(
      [
        [960 - x, 240 * t + 140 * scale],
        [960 - x - 80 * scale, 240 * t + 165 * scale + 14],
        [960 - x - 80 * scale, 460 - 60 * t],
        [960 - x, 560 - 170 * t],
      ],
      random.pick(shutters),
    )
  }
  for (let i = 0; i < 7; i += 1) {
    const t = (i + 1) / 8
    const y = 360 + 360 * t * t
    parts += line([400 - 400 * ((y - 360) / 360), y], [560 + 400 * ((y - 360) / 360), y], '#00000018', 2)
  }
  parts += hang([0, 110], far, 30, '#2b2b2b', 3) + hang([960, 90], [500, 300], 30, '#2b2b2b', 3)
  return parts
}

/** The road surface from near, houses and trees only a strip above. */
export function surface({ random, light }: Sketch, colour = '#717376'): string {
  let parts = sky(light)
  for (let x = -10; x < width; x += random.int(80, 150))
    parts += rect(x, random.int(40, 90), 150, 180, random.pick(walls), 'opacity="0.9"')
  for (let i = 0; i < 8; i += 1)
    parts += blob(random, [i * 135 + random.int(-20, 40), 120], 80, 50, '#5d7f51', 'opacity="0.9"')
  parts += rect(0, 200, width, 26, '#bdb7aa') + rect(0, 222, width, 6, '#8d887e') + rect(0, 228, width, height, colour)
  for (let i = 0; i < 320; i += 1) {
    const y = 232 + random.float() ** 1.4 * (height - 232)
    const size = 0.6 + ((y - 228) / 492) * 3
    parts += ellipse(
      random.between(0, width),
      y,
      size * 1.6,
      size * 0.8,
      random.chance(0.5) ? '#86888b' : '#5b5d60',
      'opacity="0.7"',
    )
  }
  return parts
}

/** Water with a far bank. */
export function waterside({ random, light }: Sketch, water: [near: string, far: string]): string {
  let parts = sky(light)
  for (let i = 0; i < 9; i += 1)
    parts += rect(i * 120 - 40, random.int(130, 200), random.int(70, 120), 160, random.pick(walls), 'opacity="0.75"')
  for (let i = 0; i < 12; i += 1)
    parts += blob(random, [i * 92, 272], 70, 40, random.pick(['#55794b', '#668a58', '#48683f']))
  parts += `<defs><linearGradient id="water" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${water[1]}"/><stop offset="1" stop-color="${water[0]}"/></linearGradient></defs>`
  parts += rect(0, 292, width, 20, '#a49d8f') + rect(0, 310, width, height - 310, 'url(#water)')
  for (let i = 0; i < 46; i += 1) {
    const y = random.between(322, 700)
    parts += ellipse(
      random.between(0, width),
      y,
      20 + (y - 300) * 0.25,
      1.6 + (y - 300) * 0.006,
      '#ffffff',
      'opacity="0.12"',
    )
  }
  return parts
}

/** Rice fields, a line of hills and a country road. */
export function countryside({ random, light }: Sketch): string {
  let parts = sky(light)
  parts += path('M0 300 Q160 210 330 290 T640 270 T960 300 V360 H0 Z', '#8fa7a0', 'opacity="0.8"')
  for (let i = 0; i < 10; i += 1) parts += blob(random, [i * 110, 318], 60, 26, '#5f8352')
  parts += rect(0, 330, width, height - 330, '#9fb562')
  for (let y = 340; y < 560; y += 16)
    parts += line([0, y], [width, y + random.int(-3, 3)], random.chance(0.5) ? '#8aa350' : '#b3c777', 3)
  parts += polygon(
    [
      [600, 332],
      [640, 332],
      [960, 600],
      [960, 720],
      [560, 720],
    ],
    '#a8a397',
  )
  return parts
}

export const near = (parts: string, x: number, y: number, scale = 1, turn = 0): string =>
  group(parts, `translate(${x} ${y}) rotate(${turn}) scale(${scale})`)
