'use client'

import { useQuery } from '@tanstack/react-query'
import { ExternalLink, Eye, History, Languages, Lock } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useId, useMemo, useRef, useState } from 'react'
import { useCommands } from '#components/keyboard/KeyboardProvider.tsx'
import { useLiveRefresh } from '#components/live/use-live-refresh.ts'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { BackLink } from '#components/ui/BackLink.tsx'
import { Button } from '#components/ui/Button.tsx'
import { lazyPanel } from '#components/ui/lazy-panel.ts'
import { PageHeader } from '#components/ui/PageHeader.tsx'
import { Skeleton } from '#components/ui/Skeleton.tsx'
import { Tabs } from '#components/ui/Tabs.tsx'
import { useNow } from '#components/ui/use-now.ts'
import type { BulletinView } from '#server/bulletins/queries/bulletin.ts'
import type { AlertEnding } from '#server/bulletins/rules/alert.ts'
import { errorsIn, openWarnings } from '#server/bulletins/rules/checklist.ts'
import { type BulletinContent, emptyText } from '#server/bulletins/rules/schemas.ts'
import { Checklist } from '../checklist/Checklist.tsx'
import { findingsOf } from '../checklist/findings.ts'
import { MoveButtons } from '../moves/MoveButtons.tsx'
import { useBulletinMoves } from '../moves/use-bulletin-moves.tsx'
import { RevisionDiff } from '../revisions/RevisionDiff.tsx'
import { StateChip } from '../StateChip.tsx'
import { useStreetAreas, useValidAreas } from '../use-area-names.ts'
import { useNumberWords } from '../use-number-words.ts'
import { AlertPanel } from './AlertPanel.tsx'
import styles from './BulletinPage.module.css'
import { FieldsPanel } from './FieldsPanel.tsx'
import type { LoudspeakerPanelProps } from './LoudspeakerPanel.tsx'
import { Notices } from './Notices.tsx'
import { PreviewPanel } from './PreviewPanel.tsx'
import { Readers } from './Readers.tsx'
import { type Compared, RevisionsPanel } from './RevisionsPanel.tsx'
import { SaveLine } from './SaveLine.tsx'
import { SealedBar } from './SealedBar.tsx'
import { ShareMenu } from './ShareMenu.tsx'
import { type Side, SideWords, sides } from './SideWords.tsx'
import { TextFields } from './TextFields.tsx'
import { TimelinePanel } from './TimelinePanel.tsx'
import { useAskedEnding } from './use-asked-ending.ts'
import { useBulletinText } from './use-bulletin-text.ts'
import { useFiling } from './use-filing.ts'

const { Panel: ConflictDialog } = lazyPanel(() =>
  import('./ConflictDialog.tsx').then((dialog) => dialog.ConflictDialog),
)

const { Panel: LoudspeakerPanel } = lazyPanel<LoudspeakerPanelProps>(
  () => import('./LoudspeakerPanel.tsx').then((panel) => panel.LoudspeakerPanel),
  { takesFocus: () => false, loading: () => <Skeleton height={240} /> },
)

type Props = {
  initial: BulletinView
  accountId: string
  mayWrite: boolean
  /** The address requests ending the alert, for this reason. */
  ending?: AlertEnding | null
}

/** States whose text can be edited without unlocking it first: no reviewer has been asked to read it yet. */
const writesFreely = ['draft', 'changes_requested']

/** One bulletin: its text in two languages, its fields and panels, its history and its moves. */
export function BulletinPage({ initial, accountId, mayWrite, ending = null }: Props) {
  const t = useTranslations('bulletins')
  const trpc = useTRPC()
  const id = useId()
  const numberOf = useNumberWords()
  const { data: view, refetch } = useQuery({
    ...trpc.bulletins.byId.queryOptions(initial.id),
    initialData: initial,
    refetchInterval: 20_000,
  })
  useLiveRefresh('bulletin', () => refetch(), {
    isRelevant: (ids) => ids === 'all' || ids.includes(initial.id),
    everyMilliseconds: 1500,
  })
  const [lang, setLang] = useState<'vi' | 'en'>('vi')
  const [side, setSide] = useState<Side>('fields')
  const [isUnlocked, setUnlocked] = useState(false)
  const [isPreviewing, setPreviewing] = useState(false)
  const [compared, setCompared] = useState<Compared | null>(null)
  const [ticked, setTicked] = useState<readonly string[]>(view.acknowledged)
  const [isConflictHidden, setConflictHidden] = useState(false)
  const page = useRef<HTMLDivElement>(null)
  const now = useNow()

  const isEditable = view.mayEdit && (writesFreely.includes(view.state) || isUnlocked)
  const text = useBulletinText({ view, accountId, isOpen: view.mayEdit })
  const { content, change, save } = text
  const isTypo = view.state === 'approved'
  const edit = (next: Partial<BulletinContent>) => change({ ...content, ...next }, { quiet: isTypo })
  const file = useFiling(view, save)
  const moves = useBulletinMoves({
    before: () => (isTypo ? Promise.resolve(view.version) : save()),
    onMoved: () => {
      setUnlocked(false)
      setCompared(null)
    },
  })
  useAskedEnding(ending, (chosen) => moves.offer(view, 'withdraw', chosen))
  const areas = useValidAreas()
  const streetAreas = useStreetAreas(content)
  const findings = useMemo(
    () =>
      findingsOf(content, {
        sendAt: now,
        isExercise: view.isExercise,
        standing: view.standingAlert,
        published: view.published,
        correction: view.correction?.kind ?? null,
        areas,
        streetAreas,
      }),
    [content, now, view.isExercise, view.standingAlert, view.published, view.correction, areas, streetAreas],
  )
  const errors = errorsIn(findings).length
  const warnings = openWarnings(findings, ticked).length

  const leaveText = () => page.current?.focus()
  const showSide = (next: Side) => {
    setSide(next)
    if (next === 'revisions' && !compared) setCompared({ fromId: null, toId: view.revision.id })
  }
  useCommands('editor', {
    'editor.save': () => void save(),
    'editor.preview': () => setPreviewing(!isPreviewing),
    'editor.diff': () => setCompared(compared ? null : { fromId: null, toId: view.revision.id }),
    'editor.remark': () => {
      setSide('timeline')
      requestAnimationFrame(() => document.getElementById(`${id}-remark`)?.focus())
    },
  })
  useCommands('review', {
    'review.approve': () => moves.offer(view, 'approve'),
    'review.requestChanges': () => moves.offer(view, 'request_changes'),
    'review.publish': () => moves.offer(view, 'publish'),
  })

  const body = content[lang]
  return (
    <div ref={page} tabIndex={-1} className={styles.page}>
      <PageHeader
        above={
          <div className={styles.way}>
            <BackLink href="/bulletins">{t('page.back')}</BackLink>
            <StateChip state={view.state} isCorrection={view.isCorrection} variant="soft" />
            <span className={styles.number}>{numberOf(view)}</span>
            {view.isExercise && <span className={styles.mark}>{t('exercise')}</span>}
            <span className={styles.status}>
              <Readers id={view.id} isWriting={isEditable && text.standing !== 'saved'} />
              {isEditable && <SaveLine text={text} />}
            </span>
          </div>
        }
        title={content.vi.title || t('untitled')}
        titleLang="vi"
        actions={
          <>
            <Button
              icon={<Eye />}
              command="editor.preview"
              aria-pressed={isPreviewing}
              onClick={() => setPreviewing(!isPreviewing)}
            >
              {t('page.preview')}
            </Button>
            {view.slug &&
              (view.standing === 'live' || view.standing === 'withdrawn' || view.standing === 'superseded') && (
                <a className={styles.out} href={`/ban-tin/${view.slug}`} target="_blank" rel="noreferrer">
                  <ExternalLink size={15} aria-hidden="true" />
                  {t('page.public')}
                </a>
              )}
            <ShareMenu view={view} />
            <MoveButtons bulletin={view} moves={moves} />
          </>
        }
      >
        <Notices view={view} />
      </PageHeader>

      <div className={styles.columns}>
        <div className={styles.main}>
          {view.mayEdit && !isEditable && (
            <div className={styles.lock}>
              <Lock size={16} aria-hidden="true" />
              <span>{t(isTypo ? 'page.lockedApproved' : 'page.lockedReview')}</span>
              <Button size="small" onClick={() => setUnlocked(true)}>
                {t(isTypo ? 'page.unlockTypo' : 'page.unlock')}
              </Button>
            </div>
          )}
          {!view.mayEdit && text.standing !== 'saved' && <SealedBar content={content} onGiveUp={text.giveUp} />}
          {isEditable && isTypo && (
            <TypoBar
              isTyped={text.standing !== 'saved'}
              failure={text.failure}
              onSave={() => void save({ typo: true }).then((saved) => saved !== null && setUnlocked(false))}
              onEdit={() => void save().then((saved) => saved !== null && setUnlocked(false))}
              onGiveUp={() => {
                text.giveUp()
                setUnlocked(false)
              }}
            />
          )}
          {isPreviewing ? (
            <PreviewPanel
              view={view}
              content={content}
              lang={lang}
              mayShare={mayWrite}
              onSave={save}
              onClose={() => setPreviewing(false)}
            />
          ) : compared ? (
            <RevisionDiff bulletinId={view.id} {...compared} onClose={() => setCompared(null)} />
          ) : (
            <>
              <div className={styles.tabs}>
                <Tabs
                  label={t('page.languages')}
                  id={id}
                  panel={`${id}-text`}
                  tabs={(['vi', 'en'] as const).map((each) => ({
                    id: each,
                    words: (
                      <>
                        {t(`languages.${each}`)}
                        {each === 'en' && content.en === null && <small>{t('page.noEnglish')}</small>}
                      </>
                    ),
                  }))}
                  shown={lang}
                  onShow={setLang}
                />
              </div>
              <div role="tabpanel" id={`${id}-text`} aria-labelledby={`${id}-${lang}`}>
                {body ? (
                  <TextFields
                    key={lang}
                    lang={lang}
                    text={body}
                    generation={text.generation}
                    isEditable={isEditable}
                    onChange={(next) => edit({ [lang]: { ...body, ...next } })}
                    onLeave={leaveText}
                  />
                ) : (
                  <p className={styles.english}>
                    <Languages size={18} aria-hidden="true" />
                    {t('page.englishHint')}
                    {isEditable && (
                      <Button size="small" onClick={() => edit({ en: emptyText })}>
                        {t('page.addEnglish')}
                      </Button>
                    )}
                  </p>
                )}
                {isEditable && lang === 'en' && body && (
                  <Button size="small" variant="quiet" onClick={() => edit({ en: null })}>
                    {t('page.dropEnglish')}
                  </Button>
                )}
              </div>
            </>
          )}
        </div>

        <aside className={styles.side} aria-label={t('page.side')}>
          <Tabs
            label={t('page.side')}
            id={`${id}-side`}
            panel={`${id}-panel`}
            tabs={sides.map((each) => ({
              id: each,
              words: (
                <SideWords
                  side={each}
                  errors={errors}
                  warnings={warnings}
                  hasImportantRemark={view.remarks.some(({ important, resolvedAt }) => important && !resolvedAt)}
                />
              ),
            }))}
            shown={side}
            onShow={showSide}
          />
          <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-side-${side}`} className={styles.panel}>
            {side === 'fields' && (
              <FieldsPanel view={view} content={content} isEditable={isEditable} onChange={edit} onFile={file} />
            )}
            {side === 'checklist' && (
              <Checklist
                findings={findings}
                isComplete={areas !== undefined && streetAreas !== undefined}
                acknowledged={ticked}
                {...(mayWrite && { onAcknowledge: setTicked })}
                onGoTo={({ language }) => language && setLang(language)}
              />
            )}
            {side === 'alert' && (
              <AlertPanel view={view} content={content} isEditable={isEditable} moves={moves} onChange={edit} />
            )}
            {side === 'loudspeaker' && (
              <LoudspeakerPanel
                id={view.id}
                isExercise={view.isExercise}
                content={content}
                isEditable={isEditable}
                onChange={edit}
              />
            )}
            {side === 'timeline' && <TimelinePanel view={view} mayRemark={mayWrite} remarkId={`${id}-remark`} />}
            {side === 'revisions' && (
              <RevisionsPanel view={view} compared={compared} mayRestore={view.mayEdit} onCompare={setCompared} />
            )}
          </div>
          <p className={styles.people}>
            <History size={14} aria-hidden="true" />
            {t('page.people', { author: view.author.name, editor: view.lastEditor.name })}
          </p>
        </aside>
      </div>
      {moves.dialog}
      {text.conflict && !isConflictHidden && (
        <ConflictDialog
          conflict={text.conflict}
          onResolve={(mine) => {
            setConflictHidden(false)
            text.resolve(mine)
          }}
          onClose={() => setConflictHidden(true)}
        />
      )}
      {text.conflict && isConflictHidden && (
        <div className={styles.waiting} role="alert">
          {t('conflict.waiting')}
          <Button size="small" onClick={() => setConflictHidden(false)}>
            {t('conflict.open')}
          </Button>
        </div>
      )}
    </div>
  )
}

type TypoProps = {
  isTyped: boolean
  failure: unknown
  onSave: () => void
  onEdit: () => void
  onGiveUp: () => void
}

/** In an approved text only a typo may be corrected without another review; anything more is reviewed again. */
function TypoBar({ isTyped, failure, onSave, onEdit, onGiveUp }: TypoProps) {
  const t = useTranslations('bulletins.page')
  const textOf = useRefusalText()
  const nothing = isTyped ? undefined : t('nothingTyped')
  return (
    <div className={styles.lock}>
      {failure ? <span role="alert">{textOf(failure)}</span> : <span>{t('typoHint')}</span>}
      <Button size="small" variant="primary" reason={nothing} onClick={onSave}>
        {t('saveTypo')}
      </Button>
      <Button size="small" reason={nothing} onClick={onEdit}>
        {t('saveEdit')}
      </Button>
      <Button size="small" variant="quiet" onClick={onGiveUp}>
        {t('giveUp')}
      </Button>
    </div>
  )
}
