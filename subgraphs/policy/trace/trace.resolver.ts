import { Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import type { PolicyContext } from '../context';
import { PolicyProcess } from '../process/process';
import { TraceHop } from './trace';
import { traceOf } from './tracer';

/** How a process came about. */
@Resolver(() => PolicyProcess)
export class TracedProcessResolver {
  @Directive('@cost(weight: 8)')
  @Directive('@listSize(assumedSize: 20)')
  @FieldResolver(() => [TraceHop], {
    description:
      'The way from money to the documents that it puts into practice, by way of convenings and consultations: every step that a record has, and of each step that none has, what is missing. That one came before the other is recorded; that it caused it is not claimed.',
  })
  trace(@Root() process: PolicyProcess, @Ctx() context: PolicyContext) {
    return traceOf(process, context);
  }
}
