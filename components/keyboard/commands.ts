import type { Messages } from '#messages/catalog.ts'

/**
 * Where a key acts. Several scopes are open at once: a row inside the list, a report with its row commands, and always
 * the global ones.
 */
export type Scope =
  | 'global'
  | 'list'
  | 'map'
  | 'row'
  | 'report'
  | 'composer'
  | 'triage'
  | 'board'
  | 'review'
  | 'incident'
  | 'editor'
  | 'anywhere'

export const scopes: readonly Scope[] = [
  'global',
  'list',
  'map',
  'row',
  'report',
  'composer',
  'triage',
  'board',
  'review',
  'incident',
  'editor',
  'anywhere',
]

/** Scopes that are open together, so their keys may not clash. */
export const openTogether: readonly (readonly Scope[])[] = [
  ['global', 'anywhere', 'list', 'row'],
  ['global', 'anywhere', 'list', 'map'],
  ['global', 'anywhere', 'report', 'row', 'composer'],
  ['global', 'anywhere', 'list', 'review'],
  ['global', 'anywhere', 'editor', 'review'],
  ['global', 'anywhere', 'list', 'incident'],
  ['global', 'anywhere', 'triage'],
  ['global', 'anywhere', 'board'],
]

type Definition = {
  scope: Scope
  /** Alternatives; each is one stroke or a sequence of strokes within a second of each other. */
  keys: readonly string[]
  label: keyof Messages['keyboard']['commands']
  /** Works while a text field has focus. Only for chords that type nothing. */
  inText?: true
  /** Works in a dialog too, outside of its texts, lists and menus. */
  inDialog?: true
  /** Has grave effects: where it is chosen from a list it needs a second Enter. */
  confirm?: true
  /** Opens something to type or to choose in: what is pressed after it belongs there. */
  opens?: true
  /**
   * A character typed into a text and interpreted there: never a shortcut outside of a text, and it stays active where
   * single keys are turned off.
   */
  typed?: true
}

const definitions = {
  'global.palette': { scope: 'global', keys: ['Mod+k'], label: 'palette', inText: true, opens: true },
  'global.keys': { scope: 'global', keys: ['?'], label: 'showKeys' },
  'global.search': { scope: 'global', keys: ['/'], label: 'focusSearch' },
  'global.queue': { scope: 'global', keys: ['g q'], label: 'goQueue' },
  'global.mine': { scope: 'global', keys: ['g m'], label: 'goMine' },
  'global.unassigned': { scope: 'global', keys: ['g u'], label: 'goUnassigned' },
  'global.triage': { scope: 'global', keys: ['g t'], label: 'goTriage' },
  'global.map': { scope: 'global', keys: ['g p'], label: 'goMap' },
  'global.dashboard': { scope: 'global', keys: ['g d'], label: 'goDashboard' },
  'global.bulletins': { scope: 'global', keys: ['g b'], label: 'goBulletins' },
  'global.incidents': { scope: 'global', keys: ['g i'], label: 'goIncidents' },
  'global.notifications': { scope: 'global', keys: ['g n'], label: 'goNotifications' },
  'global.audit': { scope: 'global', keys: ['g a'], label: 'goAudit' },
  'global.newReport': { scope: 'global', keys: ['Shift+n'], label: 'newReport' },

  'list.next': { scope: 'list', keys: ['j', 'ArrowDown'], label: 'nextRow' },
  'list.previous': { scope: 'list', keys: ['k', 'ArrowUp'], label: 'previousRow' },
  'list.open': { scope: 'list', keys: ['Enter'], label: 'openRow' },
  'list.peek': { scope: 'list', keys: ['Space'], label: 'peekRow' },
  'list.openInTab': { scope: 'list', keys: ['Mod+Enter'], label: 'openRowInTab' },
  'list.select': { scope: 'list', keys: ['x'], label: 'toggleSelection' },
  'list.extendDown': { scope: 'list', keys: ['Shift+j'], label: 'extendDown' },
  'list.extendUp': { scope: 'list', keys: ['Shift+k'], label: 'extendUp' },
  'list.selectAll': { scope: 'list', keys: ['Mod+a'], label: 'selectPage' },
  'list.filter': { scope: 'list', keys: ['f'], label: 'openFilters' },
  'list.views': { scope: 'list', keys: ['v'], label: 'switchView' },
  'list.loadNew': { scope: 'list', keys: ['u'], label: 'loadNew' },
  'list.export': { scope: 'list', keys: ['Shift+e'], label: 'exportList' },
  'list.clear': { scope: 'list', keys: ['Escape'], label: 'clearSelection' },

  'map.zoomIn': { scope: 'map', keys: ['+', '='], label: 'zoomIn' },
  'map.zoomOut': { scope: 'map', keys: ['-'], label: 'zoomOut' },

  'row.takeOrRelease': { scope: 'row', keys: ['i'], label: 'assignToMe' },
  'row.assign': { scope: 'row', keys: ['a', '1'], label: 'assign', opens: true },
  'row.merge': { scope: 'row', keys: ['2'], label: 'merge', opens: true },
  'row.reject': { scope: 'row', keys: ['3'], label: 'reject', opens: true },
  'row.approve': { scope: 'row', keys: ['Shift+a'], label: 'approveAnswer', confirm: true },
  'row.sendBack': { scope: 'row', keys: ['Shift+r'], label: 'sendBackAnswer', opens: true },
  'row.transfer': { scope: 'row', keys: ['t'], label: 'transfer', opens: true },
  'row.move': { scope: 'row', keys: ['s'], label: 'move', opens: true },
  'row.severity': { scope: 'row', keys: ['p'], label: 'changeSeverity', opens: true },
  'row.category': { scope: 'row', keys: ['c'], label: 'changeCategory', opens: true },
  'row.deadline': { scope: 'row', keys: ['d'], label: 'deadline' },
  'row.tags': { scope: 'row', keys: ['l'], label: 'changeTags', opens: true },
  'row.incident': { scope: 'row', keys: ['y'], label: 'linkIncident', opens: true },
  'row.putOff': { scope: 'row', keys: ['h'], label: 'putOffUntil', opens: true },
  'row.watch': { scope: 'row', keys: ['w'], label: 'watch' },

  'report.answer': { scope: 'report', keys: ['r'], label: 'writeAnswer', opens: true },
  'report.note': { scope: 'report', keys: ['e'], label: 'writeNote', opens: true },
  'report.previous': { scope: 'report', keys: ['[', 'Shift+ArrowUp'], label: 'previousReport' },
  'report.next': { scope: 'report', keys: [']', 'Shift+ArrowDown'], label: 'nextReport' },
  'report.nextEvent': { scope: 'report', keys: ['n'], label: 'nextEvent' },
  'report.previousEvent': { scope: 'report', keys: ['b'], label: 'previousEvent' },
  'report.send': { scope: 'report', keys: ['Mod+Enter'], label: 'send', inText: true },
  'report.sendAndNext': { scope: 'report', keys: ['Alt+Enter'], label: 'sendAndNext', inText: true },
  'report.template': { scope: 'report', keys: ['Mod+;'], label: 'chooseTemplate', inText: true, opens: true },
  'report.close': { scope: 'report', keys: ['Shift+c'], label: 'closeReport', opens: true },
  'report.reopen': { scope: 'report', keys: ['Shift+o'], label: 'reopen', opens: true },
  'report.back': { scope: 'report', keys: ['Escape'], label: 'backToList' },
  'report.copyCode': { scope: 'report', keys: ['.'], label: 'copyCode' },
  'report.copyTitle': { scope: 'report', keys: ['. .'], label: 'copyTitle' },
  'report.copyLink': { scope: 'report', keys: ['. . .'], label: 'copyLink' },

  'composer.snippet': { scope: 'composer', keys: ['::'], label: 'insertTemplate', typed: true },
  'composer.knowledge': { scope: 'composer', keys: ['??'], label: 'insertEarlierAnswer', typed: true },
  'composer.colleague': { scope: 'composer', keys: ['@'], label: 'mentionColleague', typed: true },
  'composer.report': { scope: 'composer', keys: ['#'], label: 'citeReport', typed: true },

  'triage.assign': { scope: 'triage', keys: ['1'], label: 'takeInAsProposed' },
  'triage.merge': { scope: 'triage', keys: ['2'], label: 'pickDuplicate', opens: true },
  'triage.reject': { scope: 'triage', keys: ['3'], label: 'reject', opens: true },
  'triage.ask': { scope: 'triage', keys: ['4'], label: 'askCitizen', opens: true },
  'triage.assignElse': { scope: 'triage', keys: ['a'], label: 'takeInElsewhere', opens: true },
  'triage.putOff': { scope: 'triage', keys: ['h'], label: 'putOffUntil', opens: true },
  'triage.severity': { scope: 'triage', keys: ['p'], label: 'changeSeverity', opens: true },
  'triage.category': { scope: 'triage', keys: ['c'], label: 'changeCategory', opens: true },
  'triage.place': { scope: 'triage', keys: ['m'], label: 'setPoint' },
  'triage.next': { scope: 'triage', keys: ['j', 'Shift+ArrowDown'], label: 'putOff' },
  'triage.previous': { scope: 'triage', keys: ['k', 'Shift+ArrowUp'], label: 'comeBackTo' },
  'triage.open': { scope: 'triage', keys: ['Enter'], label: 'openRow' },
  'triage.filter': { scope: 'triage', keys: ['f'], label: 'openFilters', opens: true },
  'triage.loadNew': { scope: 'triage', keys: ['u'], label: 'loadNew' },

  'board.previousPeriod': { scope: 'board', keys: ['ArrowLeft'], label: 'previousPeriod' },
  'board.nextPeriod': { scope: 'board', keys: ['ArrowRight'], label: 'nextPeriod' },
  'board.compare': { scope: 'board', keys: ['c'], label: 'compareOnOff' },
  'board.filter': { scope: 'board', keys: ['f'], label: 'filterBoard' },
  'board.drill': { scope: 'board', keys: ['Enter'], label: 'openDataPoint' },
  'board.play': { scope: 'board', keys: ['p'], label: 'playCourse' },
  'board.stepBack': { scope: 'board', keys: ['Shift+ArrowLeft'], label: 'stepBack' },
  'board.stepOn': { scope: 'board', keys: ['Shift+ArrowRight'], label: 'stepOn' },
  'board.back': { scope: 'board', keys: ['Escape'], label: 'backOnBoard' },

  'incident.confirm': { scope: 'incident', keys: ['y'], label: 'confirmSuggested' },
  'incident.dismiss': { scope: 'incident', keys: ['Delete', 'Backspace'], label: 'dismissSuggested', confirm: true },

  'review.approve': { scope: 'review', keys: ['Shift+a'], label: 'approveBulletin', confirm: true },
  'review.requestChanges': { scope: 'review', keys: ['Shift+r'], label: 'requestChanges' },
  'review.publish': { scope: 'review', keys: ['Shift+p'], label: 'publishBulletin' },

  'editor.save': { scope: 'editor', keys: ['Mod+s'], label: 'saveBulletin', inText: true },
  'editor.preview': { scope: 'editor', keys: ['p'], label: 'previewBulletin' },
  'editor.diff': { scope: 'editor', keys: ['d'], label: 'showChanges' },
  'editor.remark': { scope: 'editor', keys: ['m'], label: 'writeRemark' },

  'anywhere.undo': { scope: 'anywhere', keys: ['z'], label: 'undo', inDialog: true },
} as const satisfies Record<string, Definition>

export type CommandId = keyof typeof definitions

export type CommandIn<S extends Scope> = {
  [Id in CommandId]: (typeof definitions)[Id]['scope'] extends S ? Id : never
}[CommandId]

export type Command = Definition & { id: CommandId }

/** The one registry: handlers, menus, hints and the key sheet all read it. */
export const commands: readonly Command[] = (Object.keys(definitions) as CommandId[]).map((id) => ({
  id,
  ...definitions[id],
}))

const byId = new Map(commands.map((command) => [command.id, command]))

export function commandOf(id: CommandId): Command {
  return byId.get(id) as Command
}
