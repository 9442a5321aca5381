import type { OpenRequest } from '../rules/documents.ts'

/** The published copies that everyone may read. None are published yet. */
export const publishedRequests = async (): Promise<OpenRequest[]> => []
