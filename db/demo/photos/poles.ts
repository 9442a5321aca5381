import { alley, near, street } from './backdrops.ts'
import { barrier, busShelter, cone, lampPost, pole } from './fixtures.ts'
import { blob, type Drawing, ellipse, glow, hang, line, path, polygon, rect, type Sketch } from './ink.ts'
import type { Motif } from './motif.ts'
import { motorbike, person, worker } from './traffic.ts'

const lamps =
  (lit: boolean) =>
  (sketch: Sketch): Drawing => {
    const posts = [150, 470, 790]
    const scene =
      street(sketch) +
      posts.map((x) => near(lampPost(), x, 540)).join('') +
      near(motorbike('#4a4f53') + near(person('#5d6a73', false), -8, -34, 0.75), 560, 670, 1)
    const cones = `<defs><linearGradient id="beam" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#ffe2a0" stop-opacity="0.5"/><stop offset="1" stop-color="#ffe2a0" stop-opacity="0.03"/></linearGradient></defs>`
    const beams = posts.map((x) => {
      const pool = ellipse(x + 75, 640, 150, 40, '#ffe2a0', 'opacity="0.22"')
      return `${glow([x + 75, 142], 110)}${polygon(
        [
          [x + 58, 140],
          [x + 92, 140],
          [x + 190, 640],
          [x - 40, 640],
        ],
        'url(#beam)',
      )}${pool}`
    })
    const beam = lit ? cones + beams.join('') : glow([520, 648], 46, '#fff4d0')
    return { scene, shine: beam }
  }

const tilted = (sketch: Sketch): Drawing => ({
  scene:
    street(sketch) +
    near(lampPost(400), 420, 536, 1, 27) +
    blob(sketch.random, [420, 534], 44, 12, '#8a7560') +
    path('M414 520 q20 -30 34 -6 q10 20 30 -4', 'none', 'stroke="#c0342c" stroke-width="4"') +
    near(barrier(), 640, 570, 1) +
    near(person('#c98b2d'), 150, 540, 1),
})

const upright = (sketch: Sketch): Drawing => ({
  scene: street(sketch) + near(lampPost(390), 430, 540) + near(worker(), 520, 550, 1) + near(cone(), 360, 560, 1),
  shine: sketch.light === 'day' ? '' : glow([505, 140], 90),
})

const wires = (sketch: Sketch): Drawing => {
  const { random } = sketch
  const loose = path('M300 120 Q420 520 520 600 Q560 626 640 612', 'none', 'stroke="#1d1f22" stroke-width="6"')
  return {
    scene:
      street(sketch) +
      near(pole(random, 440, 12, 760), 210, 540, 1, -7) +
      loose +
      near(barrier(150), 820, 600, 1) +
      near(person('#3e6aa0', false), 120, 560, 1),
    shine:
      glow([640, 612], 44, '#fff2a8') +
      [0, 1, 2, 3, 4, 5]
        .map((i) => line([640, 612], [640 + Math.cos(i) * 34, 612 + Math.sin(i) * 24], '#fff7c9', 3))
        .join(''),
  }
}

const newPole = (sketch: Sketch): Drawing => ({
  scene:
    street(sketch) +
    near(pole(sketch.random, 440, 8, 760), 210, 540) +
    near(worker(), 320, 548, 1) +
    near(worker(), 380, 548, 1),
})

const cables =
  (tidy: boolean) =>
  (sketch: Sketch): Drawing => {
    const { random } = sketch
    let bundle = ''
    for (let i = 0; i < (tidy ? 6 : 34); i += 1)
      bundle += hang(
        [random.between(160, 180), 130 + random.between(0, 40)],
        [random.between(780, 800), 140 + random.between(0, 40)],
        tidy ? 24 : random.between(30, 560),
        '#202328',
        random.between(2, 4),
      )
    if (!tidy)
      for (let i = 0; i < 5; i += 1)
        bundle += ellipse(
          200 + random.between(-20, 40),
          190 + random.between(-20, 40),
          random.between(22, 40),
          random.between(22, 40),
          'none',
          'stroke="#202328" stroke-width="3.4"',
        )
    return {
      scene:
        street(sketch) +
        near(rect(-10, -420, 20, 420, '#9b958a') + rect(-40, -400, 80, 8, '#6d675e'), 170, 540) +
        near(rect(-10, -420, 20, 420, '#9b958a') + rect(-40, -400, 80, 8, '#6d675e'), 790, 540) +
        bundle +
        near(motorbike() + near(person('#5d7a63', false), -8, -34, 0.75), 480, 660, 1.1),
    }
  }

const stop =
  (broken: boolean) =>
  (sketch: Sketch): Drawing => ({
    scene:
      street(sketch) +
      near(busShelter(sketch.random, broken), 460, 538, 1.15) +
      near(person('#3e6aa0', false), broken ? 800 : 420, 546, 1) +
      near(rect(-4, -160, 8, 160, '#8a8f93') + rect(-26, -190, 52, 40, '#2b5c9b'), 740, 540),
  })

const leaflets =
  (gone: boolean) =>
  (sketch: Sketch): Drawing => {
    const { random } = sketch
    let post =
      rect(370, 0, 220, 720, '#aaa59a') + rect(370, 0, 40, 720, '#00000018') + rect(560, 0, 30, 720, '#ffffff22')
    for (let i = 0; i < (gone ? 4 : 30); i += 1) {
      const paper =
        rect(
          -42,
          -56,
          84,
          112,
          random.pick(['#f4f1ea', '#f2e6a6', '#dbe9f0', '#f3d4cf']),
          gone ? 'opacity="0.25"' : '',
        ) +
        (gone
          ? ''
          : rect(-32, -42, 64, 9, random.pick(['#b5483f', '#2f4a6d'])) +
            [0, 1, 2, 3].map((n) => rect(-32, -24 + n * 14, random.between(36, 62), 5, '#77736a')).join('') +
            rect(-32, 36, 58, 9, '#b5483f'))
      post += near(
        paper,
        480 + random.between(-62, 62),
        60 + (i % 10) * 66 + random.between(-16, 16),
        1,
        random.between(-9, 9),
      )
    }
    return { scene: alley(sketch) + post }
  }

export const poleMotifs: Motif[] = [
  { name: 'dark-street', families: ['CS-01', 'CS-03'], lights: ['night'], before: lamps(false), after: lamps(true) },
  { name: 'lamp-post', families: ['CS-02'], lights: ['overcast'], before: tilted, after: upright },
  { name: 'wires', families: ['DN-02', 'DN-01'], lights: ['rain'], before: wires, after: newPole },
  { name: 'cables', families: ['VT-01'], lights: ['day'], before: cables(false), after: cables(true) },
  { name: 'bus-stop', families: ['XB-02'], lights: ['day'], before: stop(true), after: stop(false) },
  { name: 'leaflets', families: ['VH-01'], lights: ['day'], before: leaflets(false), after: leaflets(true) },
]
