using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Hosting;

namespace RadiogenomicsCloud.Core.Tests.Pipeline;

public sealed class ProgressTreeTests
{
    private readonly List<Progress> shown = [];
    private readonly ProgressTree root;

    public ProgressTreeTests() => root = new(shown.Add);

    private Progress Last => shown[^1];

    [Fact]
    public void What_running_children_have_done_counts_at_every_level()
    {
        root.Report(new("cases", 0, 100));
        var group = root.StartChild();
        group.Report(new("cases", 0, 40));
        var (one, two) = (group.StartChild(), group.StartChild());
        one.Report(new("cases", 5, 20));
        two.Report(new("cases", 7, 20));
        Assert.Equal(new("cases", 12, 100), Last);

        one.Report(new("cases", 20, 20));
        group.EndChild(one);
        group.Report(new("cases", 20, 40));
        Assert.Equal(new("cases", 27, 100), Last);
    }

    [Fact]
    public void A_stage_never_goes_back_between_the_end_of_a_child_and_its_parents_word_on_it()
    {
        root.Report(new("cases", 0, 30));
        var (one, two) = (root.StartChild(), root.StartChild());
        one.Report(new("cases", 10, 10));
        root.EndChild(one);
        two.Report(new("cases", 1, 10));
        Assert.Equal(10, Last.Done);
        root.Report(new("cases", 10, 30));
        Assert.Equal(11, Last.Done);
    }

    [Fact]
    public void Another_stage_of_a_child_is_shown_as_it_is()
    {
        root.Report(new("intake", 1, 2));
        var child = root.StartChild();
        child.Report(new("cases", 3, 9));
        Assert.Equal(new("cases", 3, 9), Last);
        child.StartChild().Report(new("cases", 2, 4));
        Assert.Equal(new("cases", 5, 9), Last);
        root.Report(new("intake", 2, 2));
        Assert.Equal(new("intake", 2, 2), Last);
    }

    [Fact]
    public void A_parent_that_says_nothing_hides_nothing()
    {
        root.StartChild().Report(new("cases", 3, 9));
        Assert.Equal([new("cases", 3, 9)], shown);
    }
}
