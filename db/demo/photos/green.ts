import { countryside, facades, near, street } from './backdrops.ts'
import { branches, fallenTree, rubbish, rubble, stump, tree } from './heaps.ts'
import { blob, type Drawing, ellipse, line, path, polygon, rect, type Sketch } from './ink.ts'
import type { Motif } from './motif.ts'
import { car, motorbike, person, worker } from './traffic.ts'

const fallen = (sketch: Sketch): Drawing => {
  const { random } = sketch
  const trapped = random.chance(0.5) ? near(car('#8a9096'), 330, 620, 0.9) : ''
  return {
    scene:
      street(sketch) +
      trapped +
      near(fallenTree(random), 780, 600, 1.15, -3) +
      near(person('#3e6aa0', false), 880, 560, 1),
  }
}

const cleared = (sketch: Sketch): Drawing => {
  const { random } = sketch
  let leaves = ''
  for (let i = 0; i < 50; i += 1) leaves += ellipse(random.between(0, 960), random.between(560, 710), 5, 2.2, '#7a8a4a')
  return {
    scene:
      street(sketch) +
      near(stump(random), 760, 530, 0.85) +
      leaves +
      near(worker(), 620, 560, 1) +
      near(motorbike(), 260, 670, 1.1),
  }
}

const leaning = (sketch: Sketch): Drawing => ({
  scene:
    street(sketch) +
    ellipse(430, 520, 90, 16, '#8a7560') +
    near(tree(sketch.random, 380), 420, 524, 1.05, 24) +
    blob(sketch.random, [400, 516], 60, 18, '#6a5644') +
    near(person('#c98b2d'), 760, 560, 1),
})

const propped = (sketch: Sketch): Drawing => {
  const props =
    line([300, 530], [432, 330], '#a98358', 11) +
    line([560, 530], [446, 330], '#a98358', 11) +
    line([360, 440], [510, 440], '#a98358', 7)
  return {
    scene:
      street(sketch) + near(tree(sketch.random, 330), 436, 526, 0.95, 4) + props + near(person('#5d7a63'), 700, 560, 1),
  }
}

const stumps =
  (gone: boolean) =>
  (sketch: Sketch): Drawing => {
    const { random } = sketch
    if (gone)
      return {
        scene: `${street(sketch)}${near(rect(-70, -14, 140, 20, '#7a5c42'), 420, 524)}${near(tree(random, 170), 420, 522, 0.8)}${near(person('#d8cfc1'), 650, 530, 0.95)}`,
      }
    return {
      scene:
        street(sketch) +
        near(stump(random), 350, 530, 1.3) +
        near(branches(random, 190), 680, 540, 1.15) +
        near(motorbike('#33566b'), 160, 660, 1),
    }
  }

const park = (sketch: Sketch): Drawing => {
  const { random } = sketch
  const frame =
    line([300, 600], [350, 330], '#b5483f', 12) +
    line([400, 600], [350, 330], '#b5483f', 12) +
    line([640, 600], [690, 330], '#b5483f', 12) +
    line([740, 600], [690, 330], '#b5483f', 12) +
    line([350, 334], [690, 334], '#c98b2d', 14)
  const swings =
    line([440, 336], [440, 520], '#555', 4) +
    line([500, 336], [540, 560], '#555', 4) +
    near(rect(-40, 0, 80, 12, '#3e6aa0'), 476, 570, 1, 28) +
    line([580, 336], [580, 510], '#555', 4) +
    line([640, 336], [640, 510], '#555', 4) +
    rect(572, 508, 76, 12, '#3e6aa0')
  let scene = facades(sketch)
  scene +=
    [80, 300, 620, 880].map((x) => near(tree(random, 300), x, 480, 0.9)).join('') +
    rect(0, 470, 960, 250, '#8fa060') +
    blob(random, [520, 620], 420, 84, '#c3ad85')
  return { scene: scene + frame + swings + near(person('#e3c04d', false), 820, 640, 0.9) }
}

const heap =
  (gone: boolean) =>
  (sketch: Sketch): Drawing => {
    const { random } = sketch
    const bin =
      rect(-34, -84, 68, 84, '#4b7f52', 'rx="6"') +
      rect(-38, -96, 76, 14, '#3c6642', 'rx="4"') +
      ellipse(-22, 2, 9, 9, '#24272a') +
      ellipse(22, 2, 9, 9, '#24272a')
    if (gone)
      return {
        scene: `${street(sketch)}${near(bin, 360, 530, 1)}${near(bin, 450, 530, 1)}${near(worker(), 600, 545, 1)}`,
      }
    return {
      scene:
        street(sketch) +
        near(bin, 330, 524, 1) +
        near(rubbish(random, 210, 22), 480, 560, 1.15) +
        near(rubbish(random, 90, 8), 760, 600, 0.9) +
        near(person('#d8cfc1'), 130, 560, 1),
    }
  }

const dumped =
  (gone: boolean) =>
  (sketch: Sketch): Drawing => {
    const { random } = sketch
    let ground = street(sketch)
    ground += polygon(
      [
        [0, 540],
        [960, 520],
        [960, 720],
        [0, 720],
      ],
      '#9c9272',
    )
    for (let i = 0; i < 60; i += 1)
      ground += ellipse(random.between(0, 960), random.between(550, 715), 10, 3, '#7f8a55', 'opacity="0.6"')
    if (gone)
      return {
        scene: `${ground}${near(rect(-140, -60, 280, 6, '#8f979c') + [-130, -60, 0, 60, 130].map((x) => rect(x, -70, 7, 74, '#8f979c')).join(''), 480, 600, 1.3)}${near(worker(), 780, 620, 1.1)}`,
      }
    return { scene: ground + near(rubble(random, 220), 430, 610, 1.25) + near(rubble(random, 120), 760, 640, 1) }
  }

const smoke = (sketch: Sketch): Drawing => {
  const { random } = sketch
  let cloud = ''
  for (let i = 0; i < 30; i += 1)
    cloud += blob(
      random,
      [430 + i * 11 + random.between(-50, 50), 560 - i * 18],
      50 + i * 5,
      36 + i * 3,
      random.pick(['#6f6d6b', '#8a8784', '#5a5856']),
      `opacity="${0.5 - i * 0.012}"`,
    )
  const fire =
    path('M380 610 Q400 540 420 590 Q440 510 456 586 Q480 550 486 612 Z', '#e07b2c') +
    path('M402 610 Q416 570 428 600 Q444 556 452 612 Z', '#f4d35e')
  const field = sketch.random.chance(0.5)
  const ground = field
    ? countryside(sketch)
    : `${street(sketch)}${polygon(
        [
          [0, 560],
          [960, 540],
          [960, 720],
          [0, 720],
        ],
        '#938b70',
      )}`
  return { scene: ground + near(rubbish(random, 90, 7), 440, 620, 0.9) + cloud, shine: fire }
}

const toilet = (sketch: Sketch): Drawing => {
  const block =
    rect(-190, -210, 380, 210, '#c9d3d9') +
    rect(-204, -232, 408, 26, '#3d7f9b') +
    rect(-150, -160, 90, 160, '#8a8f93') +
    rect(60, -160, 90, 160, '#5d7a8a') +
    rect(-150, -90, 90, 6, '#b5483f') +
    ellipse(-105, -186, 14, 14, '#2b5c9b') +
    ellipse(105, -186, 14, 14, '#b5483f')
  return {
    scene:
      street(sketch) +
      near(block, 470, 536, 1.05) +
      blob(sketch.random, [360, 556], 130, 16, '#6f6b58', 'opacity="0.7"') +
      near(rubbish(sketch.random, 70, 5), 700, 560, 0.7),
  }
}

export const greenMotifs: Motif[] = [
  {
    name: 'fallen-tree',
    families: ['CX-01'],
    lights: ['rain', 'day'],
    before: fallen,
    after: cleared,
  },
  { name: 'leaning-tree', families: ['CX-02'], lights: ['day'], before: leaning, after: propped },
  { name: 'stump', families: ['CX-03', 'CX-05'], lights: ['day'], before: stumps(false), after: stumps(true) },
  { name: 'park', families: ['CX-04'], lights: ['day'], before: park },
  { name: 'rubbish', families: ['MT-01'], lights: ['day', 'dusk'], before: heap(false), after: heap(true) },
  { name: 'debris', families: ['MT-02'], lights: ['overcast'], before: dumped(false), after: dumped(true) },
  { name: 'smoke', families: ['MT-03'], lights: ['dusk'], before: smoke },
  { name: 'toilet', families: ['MT-06'], lights: ['day'], before: toilet },
]
