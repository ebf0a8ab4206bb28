"""What the acts on impact assessments and processor contracts are called on a page of history."""

from register.ledger.verbs import VERBS

VERBS.update(
    {
        "dpia.made": "DPIA recorded",
        "dpia.changed": "DPIA changed",
        "dpia.filed": "File of the DPIA replaced",
        "dpia.controller_added": "Controller added to the DPIA",
        "dpia.controller_removed": "Controller taken off the DPIA",
        "dpia.status_changed": "Status of the DPIA changed",
        "dpia.advised": "Data protection officer's advice recorded",
        "dpia.decided": "Controller's decision on the DPIA recorded",
        "dpia.linked": "DPIA linked",
        "dpia.unlinked": "DPIA no longer linked",
        "contract.made": "Processor contract recorded",
        "contract.changed": "Processor contract changed",
        "contract.filed": "File of the processor contract replaced",
        "contract.checked": "Article 28(3) checklist saved",
        "contract.sub_processor_added": "Sub-processor added",
        "contract.sub_processor_changed": "Sub-processor changed",
        "contract.sub_processor_removed": "Sub-processor removed",
        "contract.linked": "Processor contract linked",
        "contract.unlinked": "Processor contract no longer linked",
        "version.risks_proposed": "Proposed risks taken over",
    }
)
