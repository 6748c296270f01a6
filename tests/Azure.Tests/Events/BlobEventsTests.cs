using System.Text.Json;
using RadiogenomicsCloud.AzureStorage.Events;

namespace RadiogenomicsCloud.Azure.Tests.Events;

public sealed class BlobEventsTests
{
    // The example of Microsoft's page on Blob Storage as an Event Grid source, with a subject of ours.
    private const string One = """
        {
          "topic": "/subscriptions/{id}/resourceGroups/Storage/providers/Microsoft.Storage/storageAccounts/my-storage-account",
          "subject": "/blobServices/default/containers/cohorts/blobs/sarcoma/_COMPLETE",
          "eventType": "Microsoft.Storage.BlobCreated",
          "eventTime": "2017-06-26T18:41:00.9584103Z",
          "id": "831e1650-001e-001b-66ab-eeb76e069631",
          "data": {
            "api": "PutBlockList",
            "clientRequestId": "6d79dbfb-0e37-4fc4-981f-442c9ca65760",
            "eTag": "\"0x8D4BCC2E4835CD0\"",
            "contentType": "text/plain",
            "contentLength": 524288,
            "blobType": "BlockBlob",
            "url": "https://my-storage-account.blob.core.windows.net/cohorts/sarcoma/_COMPLETE",
            "sequencer": "00000000000004420000000000028963",
            "storageDiagnostics": { "batchId": "b68529f3-68cd-4744-baa4-3c0498ec19f0" }
          },
          "dataVersion": "",
          "metadataVersion": "1"
        }
        """;

    [Fact]
    public void An_event_names_the_container_and_the_blob() => Assert.Equal([new UploadedFile("cohorts", "sarcoma/_COMPLETE")], BlobEvents.Read(One));

    [Fact]
    public void A_batch_is_read_in_its_order() => Assert.Equal(
        ["sarcoma/_COMPLETE", "a/_COMPLETE"], BlobEvents.Read($"[{One},{Event("cohorts", "a/_COMPLETE")}]").Select(f => f.Path));

    [Fact]
    public void The_other_schema_of_Event_Grid_is_read_too() => Assert.Equal(
        [new UploadedFile("x-1-1-in", "_COMPLETE")],
        BlobEvents.Read("""{"specversion":"1.0","type":"Microsoft.Storage.BlobCreated","subject":"/blobServices/default/containers/x-1-1-in/blobs/_COMPLETE"}"""));

    [Theory]
    [InlineData("Microsoft.Storage.BlobDeleted")]
    [InlineData("Microsoft.EventGrid.SubscriptionValidationEvent")]
    public void Events_of_another_kind_are_left_out(string type) => Assert.Empty(BlobEvents.Read(Event("cohorts", "a/_COMPLETE", type)));

    [Theory]
    [InlineData("/blobServices/default/containers//blobs/_COMPLETE")]
    [InlineData("/blobServices/default/containers/cohorts")]
    [InlineData("/queueServices/default/queues/cohorts/blobs/_COMPLETE")]
    [InlineData("")]
    public void A_subject_that_names_no_blob_is_left_out(string subject) => Assert.Empty(BlobEvents.Read(
        JsonSerializer.Serialize(new { eventType = "Microsoft.Storage.BlobCreated", subject })));

    /// <summary>A blob may be named like a part of the subject: the container is what stands first.</summary>
    [Theory]
    [InlineData("a/blobs/b/_COMPLETE")]
    [InlineData("/containers/cohorts/blobs/b/_COMPLETE")]
    [InlineData("../../cohorts/b/_COMPLETE")]
    [InlineData("<script>alert(1)</script>\u0000\u202e/_COMPLETE")]
    public void A_name_made_to_confuse_stays_a_name_in_its_container(string path) =>
        Assert.Equal([new UploadedFile("x-1-1-in", path)], BlobEvents.Read(Event("x-1-1-in", path)));

    [Theory]
    [InlineData("")]
    [InlineData("PHhtbC8+")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("[[]]")]
    [InlineData("{}")]
    [InlineData("""{"eventType":"Microsoft.Storage.BlobCreated"}""")]
    [InlineData("""{"eventType":7,"subject":"/"}""")]
    public void What_is_no_event_is_refused_in_our_words(string message) =>
        Assert.Equal("event.unreadable", Assert.Throws<BadInputException>(() => BlobEvents.Read(message)).Code);

    [Fact]
    public void A_message_nested_without_end_or_with_too_many_events_is_refused()
    {
        Assert.Throws<BadInputException>(() => BlobEvents.Read(new string('[', 10_000)));
        Assert.Throws<BadInputException>(() => BlobEvents.Read($"[{string.Join(',', Enumerable.Repeat("{}", 1001))}]"));
    }

    private static string Event(string area, string path, string type = "Microsoft.Storage.BlobCreated") =>
        JsonSerializer.Serialize(new { id = "1", subject = $"/blobServices/default/containers/{area}/blobs/{path}", eventType = type });
}
