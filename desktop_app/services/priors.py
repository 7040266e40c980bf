"""Finding the other studies of a patient in every archive at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from desktop_app.core.errors import LightboxError, user_text
from desktop_app.core.prior import PriorsAnswer, sorted_priors
from desktop_app.core.query import StudyQuery
from desktop_app.core.store import Store
from desktop_app.core.study import Study
from desktop_app.core.words import say

if TYPE_CHECKING:
    from desktop_app.dicomweb.client import DicomWebClient

_MOST = 200                 # studies of one patient from one archive
_LONGEST_S = 30.0           # an archive that has not answered by then is named


async def find_priors(
    study: Study, stores: Sequence[Store], client_of: Callable[[Store], DicomWebClient],
) -> PriorsAnswer:
    """Other studies of the same patient, the nearest in time first. Never raises but when it is cancelled: an archive
    that fails is named, and keeps back nothing of the others."""
    if not study.patient_id.strip():
        return PriorsAnswer()
    query = StudyQuery(patient_id=study.patient_id.strip())

    async def ask(store: Store) -> tuple[Store, tuple[Study, ...] | str]:
        try:
            async with asyncio.timeout(_LONGEST_S):
                page = await client_of(store).search_studies(query, limit=_MOST)
            return store, tuple(page.items)
        except TimeoutError:
            return store, say("services", "It has not answered.")
        except LightboxError as error:
            return store, error.user_text
        except Exception as error:
            return store, user_text(error)

    answers = await asyncio.gather(*(ask(store) for store in stores))
    found = [(store, one) for store, answer in answers if not isinstance(answer, str) for one in answer]
    silent = tuple((store.name, answer) for store, answer in answers if isinstance(answer, str))
    return PriorsAnswer(sorted_priors(study, found), silent)
