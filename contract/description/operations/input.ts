import { ME_EXPANDS, USER_EXPANDS } from '../expands.ts';
import { oneOf } from '../form.ts';

export const USER_EXPAND = oneOf(...USER_EXPANDS);
export const ME_EXPAND = oneOf(...ME_EXPANDS);

/** 400 of the operations that read parameters or a body. */
export const INPUT_ERRORS = [
  'constraint.validation',
  'invalid.date',
  'invalid.property',
  'invalid.query.param.value',
  'invalid.value',
];
