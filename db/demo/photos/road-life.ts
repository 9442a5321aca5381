import { near, road, street, waterside } from './backdrops.ts'
import { cone, stall, tableSet, trafficLight } from './fixtures.ts'
import { type Drawing, ellipse, line, rect, type Sketch } from './ink.ts'
import type { Motif } from './motif.ts'
import { bus, car, motorbike, person } from './traffic.ts'

const paints = ['#c9ccd0', '#3d5a78', '#8c2f39', '#e3e0d8', '#4a4f53', '#7c8f6a']

const signals =
  (lit: 'off' | 'green') =>
  (sketch: Sketch): Drawing => {
    const { random } = sketch
    const lamp = trafficLight(lit)
    const queue = [motorbike('#8c2f39'), car(random.pick(paints)), motorbike('#33566b'), motorbike('#4b7f52')]
      .map((thing, i) => near(thing, 200 + i * 190, 660 + (i % 2) * 34, 0.95))
      .join('')
    return {
      scene:
        street(sketch) +
        near(lamp.scene, 720, 540, 1.05) +
        (lit === 'off' ? queue : near(car(random.pick(paints)), 360, 660)),
      shine: near(lamp.shine, 720, 540, 1.05),
    }
  }

const fallenBarrier = (sketch: Sketch): Drawing => {
  let fence = ''
  for (let i = 0; i < 5; i += 1)
    fence += near(
      rect(0, -70, 150, 8, '#cfd4d8') +
        rect(0, -40, 150, 8, '#cfd4d8') +
        [6, 40, 74, 108, 140].map((x) => rect(x, -76, 6, 76, '#b3b9be')).join(''),
      40 + i * 176,
      i > 1 && i < 4 ? 640 : 600,
      1.1,
      i === 2 ? 24 : i === 3 ? -18 : 0,
    )
  return { scene: street(sketch) + fence + near(car('#3d5a78'), 760, 690, 0.9) }
}

const jam = (sketch: Sketch): Drawing => {
  const { random } = sketch
  let traffic = near(bus(), 300, 600, 0.95)
  for (let i = 0; i < 5; i += 1) traffic += near(car(random.pick(paints)), 90 + i * 250, 640 + (i % 2) * 16, 0.82)
  for (let i = 0; i < 13; i += 1)
    traffic += near(
      motorbike(random.pick(paints)) +
        near(person(random.pick(['#d8cfc1', '#5d7a63', '#a8553f', '#3e6aa0']), false), -8, -34, 0.75),
      40 + i * 78,
      690 + (i % 3) * 14,
      0.82,
    )
  return { scene: street(sketch) + traffic }
}

const parked = (sketch: Sketch): Drawing => {
  const { random } = sketch
  const cars = [110, 400, 700].map((x) => near(car(random.pick(paints)), x + 40, 590, 1)).join('')
  const sign =
    rect(-4, -170, 8, 170, '#8a8f93') +
    ellipse(0, -196, 34, 34, '#c0342c') +
    ellipse(0, -196, 26, 26, '#2b5c9b') +
    line([-18, -214], [18, -178], '#c0342c', 7) +
    line([18, -214], [-18, -178], '#c0342c', 7)
  const bikes = Array.from({ length: 8 }, (_, i) => near(motorbike(random.pick(paints)), 60 + i * 118, 512, 0.72)).join(
    '',
  )
  return { scene: street(sketch) + bikes + near(sign, 560, 540) + cars }
}

const stalls =
  (full: boolean) =>
  (sketch: Sketch): Drawing => {
    const { random } = sketch
    if (!full)
      return {
        scene:
          street(sketch) +
          line([0, 500], [960, 500], '#f2efe6', 5) +
          near(person('#5d7a63'), 320, 530, 1) +
          near(person('#c98b2d', false), 380, 532, 0.95) +
          near(motorbike(), 760, 680, 1.1),
      }
    let things = near(stall(random), 140, 520, 1.05) + near(stall(random), 690, 516, 1)
    for (let i = 0; i < 6; i += 1) things += near(tableSet(random), 300 + i * 62, 516 + (i % 2) * 22, 0.95)
    return {
      scene:
        street(sketch) +
        things +
        near(person('#a8553f', false), 420, 556, 1) +
        near(person('#d8cfc1', false), 560, 640, 1.25) +
        near(motorbike('#33566b'), 850, 560, 0.85),
    }
  }

const market = (sketch: Sketch): Drawing => {
  const { random } = sketch
  let things = ''
  for (let i = 0; i < 5; i += 1) things += near(stall(random), 110 + i * 190, 560 + (i % 2) * 40, 0.95)
  for (let i = 0; i < 9; i += 1)
    things += near(
      person(random.pick(['#a8553f', '#5d7a63', '#7d4a7c', '#c98b2d', '#d8cfc1'])),
      60 + i * 106,
      640 + (i % 3) * 26,
      1,
    )
  return { scene: street(sketch) + things + near(motorbike(), 820, 710, 1) }
}

const bridge = (sketch: Sketch): Drawing => {
  let rail = rect(0, 424, 960, 13, '#59656c')
  for (let x = 10; x < 960; x += 58) {
    if (x < 420 || x > 640) rail += rect(x, 434, 10, 112, '#59656c') + rect(x - 20, 480, 58, 8, '#6c7980')
  }
  rail += rect(424, 420, 222, 22, '#8fa9b5') + near(rect(0, 0, 210, 12, '#59656c'), 432, 438, 1, 38)
  const deck = rect(0, 540, 960, 24, '#b7b1a5') + road(sketch.random, 562)
  const ride = near(cone(), 480, 610, 1.3) + near(motorbike(), 800, 690, 1.1)
  return { scene: waterside(sketch, ['#5f7f86', '#8fb0b5']) + rail + deck + ride }
}

export const roadLifeMotifs: Motif[] = [
  {
    name: 'traffic-light',
    families: ['GT-02'],
    lights: ['dusk'],
    before: signals('off'),
    after: signals('green'),
  },
  { name: 'barrier', families: ['GT-02'], lights: ['overcast'], before: fallenBarrier },
  { name: 'congestion', families: ['GT-03'], lights: ['dusk'], before: jam },
  { name: 'parking', families: ['GT-04', 'DT-03'], lights: ['day'], before: parked },
  { name: 'bridge', families: ['GT-06'], lights: ['overcast'], before: bridge },
  { name: 'pavement-stalls', families: ['DT-01'], lights: ['day', 'dusk'], before: stalls(true), after: stalls(false) },
  { name: 'street-market', families: ['DT-02'], lights: ['day'], before: market, after: stalls(false) },
]
