using Clew.Tracing.Setup;

namespace Clew.Tracing.Tests.Setup;

public sealed class ContainerIdTests
{
    private const string Id = "dc579f8a8319c8cf7d38e1adf263bc08d23dc579f8a8319c8cf7d38e1adf263b";

    [Theory]
    [InlineData("13:name=systemd:/podruntime/docker/kubepods/" + Id)]
    [InlineData("9:memory:/docker/" + Id)]
    [InlineData("0::/kubepods.slice/kubepods-pod1.slice/cri-containerd-" + Id + ".scope")]
    public void The_first_version_of_cgroups_names_it_in_the_path(string line) => Assert.Equal(Id, ContainerId.FromCgroup(["1:cpu:/", line]));

    [Theory]
    [InlineData("0::/")]
    [InlineData("0::/user.slice/user-1000.slice/session-2.scope")]
    [InlineData("9:memory:/docker/" + Id + "aa")]
    public void A_path_without_an_id_names_none(string line) => Assert.Null(ContainerId.FromCgroup([line]));

    [Fact]
    public void The_second_version_is_known_by_what_is_mounted() => Assert.Equal(Id, ContainerId.FromMounts(
    [
        "473 456 254:1 / / rw,relatime - overlay overlay rw",
        $"474 456 254:1 /docker/containers/{Id}/hostname /etc/hostname rw,relatime - ext4 /dev/vda1 rw",
    ]));

    [Fact]
    public void Files_that_are_not_there_name_none() => Assert.Null(ContainerId.Find("/nonexistent/cgroup", "/nonexistent/mountinfo"));
}
