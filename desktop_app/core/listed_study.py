"""ListedStudy: a study together with the archive that listed it."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.core.store import Store
from desktop_app.core.study import Study

StudyKey = tuple[str, str]      # of the store, and the Study Instance UID: two archives may hold the same study


@dataclass(frozen=True, slots=True)
class ListedStudy:
    """Whatever is done with the study is done at this store."""

    study: Study
    store: Store

    @property
    def key(self) -> StudyKey:
        return self.store.key, self.study.study_instance_uid
