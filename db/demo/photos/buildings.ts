import { facades, near, street } from './backdrops.ts'
import { barrier } from './fixtures.ts'
import { rubble, tree } from './heaps.ts'
import { blob, type Drawing, ellipse, line, path, polygon, rect, type Sketch } from './ink.ts'
import type { Motif } from './motif.ts'
import { car, person, worker } from './traffic.ts'

const site = (sketch: Sketch): Drawing => {
  const { random } = sketch
  let block = rect(300, 70, 330, 420, '#b3aca0')
  for (let floor = 0; floor < 5; floor += 1) {
    block += rect(300, 70 + floor * 84, 330, 9, '#8f887d')
    for (let i = 0; i < 4; i += 1)
      block += rect(318 + i * 80, 86 + floor * 84, 56, 62, floor > 1 ? '#c27a58' : '#5a554e')
  }
  for (let x = 290; x <= 640; x += 44) block += line([x, 40], [x, 490], '#7a8a92', 4)
  for (let y = 60; y < 490; y += 60)
    block += line([286, y], [644, y], '#7a8a92', 4) + line([290, y], [334, y + 60], '#93a1a8', 2.4)
  block += polygon(
    [
      [290, 190],
      [470, 190],
      [470, 470],
      [290, 470],
    ],
    '#4b8f6a',
    'opacity="0.45"',
  )
  const crane =
    rect(720, 0, 16, 480, '#d8a33a') +
    rect(430, 6, 420, 10, '#d8a33a') +
    line([500, 14], [500, 60], '#555', 3) +
    rect(800, 10, 44, 34, '#7a7f83')
  return {
    scene:
      street(sketch) +
      crane +
      block +
      near(rubble(random, 130), 470, 520, 0.9) +
      rect(250, 440, 420, 56, '#3d7f9b', 'opacity="0.9"') +
      near(person('#d8cfc1'), 160, 550, 1) +
      near(car('#8c2f39'), 800, 650, 0.85),
  }
}

const cracked = (sketch: Sketch): Drawing => {
  const { random } = sketch
  let wall = rect(0, 0, 960, 560, '#d9cfae')
  for (let i = 0; i < 26; i += 1)
    wall += blob(
      random,
      [random.between(0, 960), random.between(0, 540)],
      random.between(40, 130),
      random.between(20, 60),
      random.pick(['#cdc19c', '#e2d9bd', '#c4b896']),
      'opacity="0.6"',
    )
  wall +=
    rect(120, 120, 170, 220, '#4a5a52') +
    rect(126, 126, 76, 208, '#5d7a63') +
    rect(208, 126, 76, 208, '#5d7a63') +
    rect(690, 120, 150, 220, '#4a5a52')
  wall +=
    path(
      'M480 0 L470 70 L500 130 L468 210 L520 300 L490 370 L540 450 L520 560',
      'none',
      'stroke="#3a342a" stroke-width="15" stroke-linejoin="round"',
    ) +
    path('M500 130 L580 180 M520 300 L430 350 L410 420 M490 370 L600 420', 'none', 'stroke="#4a4335" stroke-width="7"')
  wall += blob(random, [600, 260], 90, 60, '#b5683f', 'opacity="0.85"')
  for (let y = 220; y < 306; y += 18) wall += line([528, y], [672, y], '#8f5030', 2)
  return {
    scene:
      wall +
      rect(0, 560, 960, 160, '#a39e92') +
      near(rubble(random, 110), 560, 600, 0.9) +
      near(person('#7d4a7c', false), 300, 640, 1.5),
  }
}

const torn = (sketch: Sketch): Drawing => {
  const { random } = sketch
  const house =
    rect(240, 330, 480, 200, '#e3d4ad') +
    rect(300, 380, 100, 150, '#6f5a44') +
    rect(520, 380, 120, 90, '#4a5a62') +
    line([240, 330], [480, 230], '#8a6a48', 10) +
    line([720, 330], [480, 230], '#8a6a48', 10) +
    [320, 400, 560, 640].map((x) => line([x, 330], [480, 230], '#8a6a48', 5)).join('')
  const sheet = (x: number, y: number, turn: number) =>
    near(
      polygon(
        [
          [-90, -30],
          [90, -36],
          [96, 30],
          [-86, 36],
        ],
        '#7f98a5',
      ) + [-60, -30, 0, 30, 60].map((dx) => line([dx, -33], [dx + 3, 33], '#66808d', 3)).join(''),
      x,
      y,
      1,
      turn,
    )
  return {
    scene:
      street(sketch) +
      rect(0, 440, 960, 106, '#b9b3a7') +
      house +
      sheet(330, 270, -14) +
      sheet(160, 600, 24) +
      sheet(780, 560, -40) +
      near(rubble(random, 70), 560, 560, 0.7) +
      near(person('#a8553f'), 860, 650, 1.2),
  }
}

const roofed = (sketch: Sketch): Drawing => ({
  scene: `${street(sketch)}${rect(0, 440, 960, 106, '#b9b3a7')}${rect(240, 330, 480, 200, '#e3d4ad')}${rect(300, 380, 100, 150, '#6f5a44')}${rect(520, 380, 120, 90, '#4a5a62')}${polygon(
    [
      [210, 338],
      [480, 222],
      [750, 338],
    ],
    '#3d7fae',
  )}${line([300, 300], [660, 300], '#2f6d95', 4)}${near(worker(), 780, 560, 1.1)}`,
})

const sign = (sketch: Sketch): Drawing => {
  const board =
    rect(-170, -120, 340, 190, '#c98b2d') +
    rect(-150, -100, 300, 150, '#efe0b8') +
    rect(-120, -70, 200, 20, '#b5483f') +
    rect(-120, -34, 150, 14, '#7a6a4a') +
    rect(-120, -6, 180, 14, '#7a6a4a') +
    polygon(
      [
        [60, 70],
        [170, 70],
        [170, -10],
      ],
      '#8fbfe0',
    )
  return {
    scene:
      street(sketch) +
      line([330, 120], [360, 240], '#555', 8) +
      line([640, 120], [610, 260], '#555', 8) +
      near(board, 480, 290, 1, 17) +
      near(person('#5d7a63'), 180, 560, 1) +
      near(barrier(), 560, 590, 1),
  }
}

const schoolWall =
  (standing: boolean) =>
  (sketch: Sketch): Drawing => {
    const { random } = sketch
    const yard =
      rect(0, 330, 960, 220, '#d6cbb0') +
      rect(120, 150, 720, 240, '#efd98f') +
      rect(110, 136, 740, 20, '#b5483f') +
      [0, 1, 2, 3, 4]
        .map((i) => rect(160 + i * 136, 200, 90, 90, '#5d7a8a') + rect(160 + i * 136, 320, 90, 70, '#6f5a44'))
        .join('') +
      line([480, 136], [480, 40], '#777', 6) +
      polygon(
        [
          [483, 44],
          [560, 44],
          [560, 90],
          [483, 90],
        ],
        '#c8322c',
      ) +
      ellipse(521, 67, 10, 10, '#f2c64b')
    const length = (from: number, to: number) =>
      rect(from, 430, to - from, 110, '#e0b878') +
      rect(from, 422, to - from, 12, '#b5683f') +
      Array.from({ length: Math.floor((to - from) / 60) }, (_, i) => rect(from + i * 60, 440, 3, 96, '#c39a5c')).join(
        '',
      )
    const scene = facades(sketch) + yard + rect(0, 540, 960, 180, '#8d8b86')
    if (standing)
      return {
        scene:
          scene +
          length(0, 960) +
          near(person('#e6e0d0', false), 300, 600, 0.95) +
          near(person('#e6e0d0', false), 350, 604, 0.9),
      }
    return {
      scene:
        scene +
        length(0, 330) +
        length(690, 960) +
        near(rubble(random, 190), 510, 560, 1) +
        near(barrier(200), 520, 660, 1.1),
    }
  }

const temple = (sketch: Sketch): Drawing => {
  const { random } = sketch
  const roof =
    path(
      'M170 330 Q230 326 300 210 L660 210 Q730 326 790 330 Q770 352 700 350 L260 350 Q190 352 170 330 Z',
      '#8f4a38',
    ) +
    path('M300 212 Q480 190 660 212', 'none', 'stroke="#6d3526" stroke-width="12"') +
    blob(random, [560, 290], 54, 30, '#4a3226')
  let hall =
    rect(250, 350, 460, 160, '#caa36a') +
    [270, 370, 470, 570, 670].map((x) => rect(x, 350, 20, 160, '#7a3f2c')).join('') +
    [300, 400, 500, 600].map((x) => rect(x, 372, 60, 138, '#54301f')).join('') +
    rect(220, 506, 520, 20, '#b3ab9b')
  hall += line([300, 350], [290, 510], '#2f1d12', 3)
  return {
    scene:
      facades(sketch) +
      near(tree(random, 380), 120, 520, 1) +
      near(tree(random, 360), 860, 520, 1) +
      rect(0, 500, 960, 220, '#b5a988') +
      hall +
      roof +
      near(person('#7d4a7c', false), 520, 610, 1.2),
  }
}

export const buildingMotifs: Motif[] = [
  { name: 'construction', families: ['XD-01', 'XD-02', 'MT-05', 'DD-01'], lights: ['day'], before: site },
  { name: 'cracked-wall', families: ['XD-04', 'XD-03'], lights: ['day'], before: cracked },
  { name: 'torn-roof', families: ['XD-04'], lights: ['overcast'], before: torn, after: roofed },
  { name: 'billboard', families: ['TL-04'], lights: ['overcast'], before: sign },
  { name: 'school-wall', families: ['GD-02'], lights: ['day'], before: schoolWall(false), after: schoolWall(true) },
  { name: 'monument', families: ['VH-02'], lights: ['overcast'], before: temple },
]
