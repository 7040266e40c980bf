"""The protocol, as a small library: DICOMweb verbs over httpx, for any PS3.18 server.

    client                                      the verbs; begin here
      search → paging → query_params, rows      QIDO-RS: what a person typed, page by page, as Study, Series, Instance
      retrieve                                  WADO-RS: objects, frames, metadata, pictures, bulk data
      store_body, store_response                STOW-RS: there and back
    conversation, dialect                       what one server turned out to accept: a quirk is coped with here
    exchange → transport                        one request: statuses, redirects, bodies; errors, retries, connections
    answers → dicom_json, native_xml            data sets in an answer
    multipart → multipart_events                parts in an answer, without I/O
    media_types, urls                           words of the protocol
"""
