'use client'

import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTRPC, useTRPCClient } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { useToast } from '#components/ui/Toasts.tsx'
import type { BulletinKind } from '#server/bulletins/rules/bulletin.ts'
import { duplicateOf, type TemplateSubject, templateOf } from '#server/bulletins/rules/templates.ts'
import type { Incident } from '#server/incidents/queries.ts'

/** The next full minute: the times stated in a bulletin must not be earlier than its creation. */
const nextMinute = () => new Date(Math.ceil(Date.now() / 60_000) * 60_000)

export const subjectOf = ({ name, nameEn, areas }: Incident): TemplateSubject => ({
  incident: name,
  incidentEn: nameEn,
  areaIds: areas.map(({ id }) => id),
  areaNames: areas.map((area) => area.name),
  at: nextMinute(),
})

/** Starts a bulletin of an incident, from the template of its kind or from the last one published, and opens it. */
export function useBeginning(incident: Incident) {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const router = useRouter()
  const toast = useToast()
  const textOf = useRefusalText()
  const fail = (error: unknown) => toast({ text: textOf(error), tone: 'failure' })
  const create = useMutation(
    trpc.bulletins.create.mutationOptions({
      onSuccess: ({ id }) => router.push(`/bulletins/${id}`),
      onError: fail,
    }),
  )
  return {
    isBusy: create.isPending,
    fromTemplate: (kind: BulletinKind) =>
      create.mutate({ content: templateOf(kind, subjectOf(incident)), incidentId: incident.id }),
    fromLast: () => {
      const begin = async () => {
        const { bulletins } = await client.bulletins.list.query({
          incidentId: incident.id,
          states: ['published', 'superseded'],
          limit: 1,
        })
        const [last] = bulletins
        if (!last) return
        const { content } = await client.bulletins.byId.query(last.id)
        create.mutate({ content: duplicateOf(content, nextMinute()), incidentId: incident.id })
      }
      void begin().catch(fail)
    },
  }
}
