import { useMemo } from 'react';
import { answersOf } from '../../../../../shared/bench/answer';
import type { BenchResult } from '../../../../../shared/bench/schema';
import { type AnswerWords, answerWords, QUESTIONS, settingWords } from '../../../../../shared/bench/answer-words';

/** What a result says, above its plots: a row for each size. */
export function AnswerCard({ result }: { result: BenchResult }) {
  const answers = useMemo(() => answersOf(result), [result]);
  const compared = answers.filter(({ runs }) => runs.length > 1);
  const questions = QUESTIONS.filter(({ id }) => compared.some((answer) => answer[id].kind !== 'nothing-to-compare'));
  return (
    <div className="bench-answer" data-testid="bench-answer">
      {questions.length > 0 && (
        <table className="answer-table">
          <caption className="visually-hidden">What this result says</caption>
          <thead>
            <tr>
              {answers.length > 1 && <th scope="col">At</th>}
              {questions.map(({ id, head, title }) => (
                <th key={id} scope="col" title={title}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {compared.map((answer) => (
              <tr key={settingWords(answer, answers)}>
                {answers.length > 1 && <th scope="row">{settingWords(answer, answers)}</th>}
                {questions.map(({ id }) => (
                  <td key={id} data-answer={id}>
                    <Words words={answerWords(answer, id)} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

function Words({ words }: { words: AnswerWords }) {
  switch (words.kind) {
    case 'found':
      return (
        <>
          <strong>{words.who}</strong> {words.figure}
          {words.note !== '' && <div className="answer-note">{words.note}</div>}
        </>
      );
    case 'refused':
      return <span className="is-refused">{words.reason}</span>;
    case 'none':
      return <span className="answer-note">Nothing to compare.</span>;
  }
}
