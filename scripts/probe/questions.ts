// What only a real org can answer, asked by reading alone.
import { ORG_QUESTIONS } from './about-org.ts';
import { TOKEN_QUESTIONS } from './about-token.ts';
import { USER_QUESTIONS } from './about-users.ts';
import type { Question } from './question.ts';

export const QUESTIONS: readonly Question[] = [...TOKEN_QUESTIONS, ...ORG_QUESTIONS, ...USER_QUESTIONS];
