'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { CloudLightning, CloudOff } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { SaveRefusal } from '#components/events/SaveRefusal.tsx'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { Button } from '#components/ui/Button.tsx'
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import { useNameIn } from '#components/ui/use-name-in.ts'
import type { Incident } from '#server/incidents/queries.ts'
import styles from './StormSwitch.module.css'

/** Switches emergency mode after showing how many deadlines it moves and how. */
export function StormSwitch({ incident, urgentOpen }: { incident: Incident; urgentOpen: number }) {
  const nameIn = useNameIn()
  const t = useTranslations('incidents.switch')
  const done = useTranslations('incidents.done')
  const refusals = useTranslations('refusals')
  const trpc = useTRPC()
  const queries = useQueryClient()
  const router = useRouter()
  const toast = useToast()
  const [isAsking, setAsking] = useState(false)
  const turnOn = !incident.stormMode
  const refresh = () => queries.invalidateQueries(trpc.incidents.pathFilter())
  const close = () => {
    setAsking(false)
    save.reset()
  }
  const save = useMutation(
    trpc.incidents.switchStormMode.mutationOptions({
      onSuccess: () => {
        void refresh()
        // The badge is in the shell, which the server renders.
        router.refresh()
        toast({ text: turnOn ? done('stormOn') : done('stormOff'), tone: 'success' })
        setAsking(false)
      },
    }),
  )
  const lookAgain = async () => {
    await refresh()
    close()
  }
  return (
    <>
      <Button
        icon={turnOn ? <CloudLightning /> : <CloudOff />}
        reason={turnOn && !incident.underWay ? refusals('incident_not_under_way') : undefined}
        onClick={() => setAsking(true)}
      >
        {turnOn ? t('on') : t('off')}
      </Button>
      <ConfirmDialog
        open={isAsking}
        title={turnOn ? t('onTitle', { name: nameIn(incident) }) : t('offTitle', { name: nameIn(incident) })}
        confirmLabel={turnOn ? t('on') : t('off')}
        busy={save.isPending}
        onConfirm={() => save.mutate({ id: incident.id, version: incident.version, stormMode: turnOn })}
        onClose={close}
      >
        <div className={styles.words}>
          <p>{turnOn ? t('onSentence', { count: urgentOpen }) : t('offSentence', { count: urgentOpen })}</p>
          {/* Nothing is typed here: on a conflict the incident is simply reloaded. */}
          <SaveRefusal error={save.error} onKeep={lookAgain} onTake={lookAgain} />
        </div>
      </ConfirmDialog>
    </>
  )
}
