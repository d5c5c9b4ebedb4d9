from nlpseq.batching.prompts import PromptBatches


def test_the_last_token_is_what_the_search_begins_with():
    prompts = [[5, 6, 7], [8], [], [9, 4]]
    batches = PromptBatches(prompts, batch_tokens=64, sort=True)

    def rows():
        for (inputs,) in batches:
            read = [
                ids[real].tolist()
                for ids, real in zip(inputs["source"], inputs["source_mask"], strict=True)
            ]
            yield [*zip(read, inputs["first_ids"].tolist(), strict=True)]

    found = batches.in_input_order(rows())
    assert found == [([3, 5, 6], 7), ([3], 8), ([], 3), ([3, 9], 4)]
