type Issue = { path: readonly PropertyKey[]; message: string }
type Parsed<Output> = { success: true; data: Output } | { success: false; error: { issues: readonly Issue[] } }

/** A schema of zod or of zod/mini: what forms need of it. */
export type FormSchema<Output = unknown> = { safeParse: (input: unknown) => Parsed<Output> }
