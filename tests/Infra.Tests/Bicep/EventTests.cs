using RadiogenomicsCloud.Infra.Tests.Tool;

namespace RadiogenomicsCloud.Infra.Tests.Bicep;

public sealed class EventTests(Templates templates)
{
    [Theory]
    [MemberData(nameof(Templates.Environments), MemberType = typeof(Templates))]
    public void A_manifest_in_the_data_account_becomes_one_message(string environment)
    {
        var snapshot = templates.Of(environment);
        var subscription = snapshot.One("Microsoft.EventGrid/systemTopics/eventSubscriptions");

        Assert.Equal(snapshot.DataAccount.Id, snapshot.Topic.Text("properties.source"));
        Assert.Equal($"{snapshot.Topic.Id}/eventSubscriptions/cohort-complete", subscription.Id);
        Assert.Equal(["Microsoft.Storage.BlobCreated"],
            subscription.At("properties.filter.includedEventTypes")!.AsArray().Select(type => (string)type!));
        Assert.Equal("/_COMPLETE", subscription.Text("properties.filter.subjectEndsWith"));
        Assert.Equal(true, subscription.Flag("properties.filter.isSubjectCaseSensitive"));
    }

    [Theory]
    [MemberData(nameof(Templates.Environments), MemberType = typeof(Templates))]
    public void Event_Grid_delivers_and_dead_letters_with_its_identity(string environment)
    {
        var snapshot = templates.Of(environment);
        var subscription = snapshot.One("Microsoft.EventGrid/systemTopics/eventSubscriptions");

        Assert.Equal("SystemAssigned", snapshot.Topic.Text("identity.type"));
        Assert.Null(subscription.At("properties.destination"));
        Assert.Null(subscription.At("properties.deadLetterDestination"));
        const string Delivery = "properties.deliveryWithResourceIdentity";
        Assert.Equal("SystemAssigned", subscription.Text($"{Delivery}.identity.type"));
        Assert.Equal("StorageQueue", subscription.Text($"{Delivery}.destination.endpointType"));
        Assert.Equal(snapshot.DataAccount.Id, subscription.Text($"{Delivery}.destination.properties.resourceId"));
        Assert.Equal("cohort-events", subscription.Text($"{Delivery}.destination.properties.queueName"));
        const string DeadLetter = "properties.deadLetterWithResourceIdentity";
        Assert.Equal("SystemAssigned", subscription.Text($"{DeadLetter}.identity.type"));
        Assert.Equal("StorageBlob", subscription.Text($"{DeadLetter}.deadLetterDestination.endpointType"));
        Assert.Equal(snapshot.DataAccount.Id, subscription.Text($"{DeadLetter}.deadLetterDestination.properties.resourceId"));
        Assert.Equal("deadletter", subscription.Text($"{DeadLetter}.deadLetterDestination.properties.blobContainerName"));
    }
}
